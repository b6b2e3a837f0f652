'use strict';

// Lines of a process: in by stdin, out by stdout. Everything else the program prints goes to stderr.

const readline = require('readline');

const out = process.stdout.write.bind(process.stdout);
console.log = console.info = console.warn = console.debug = console.error;

module.exports = {
  write: line => out(`${line}\n`),
  // Until the test closes stdin.
  listen(accept) {
    const lines = readline.createInterface({ input: process.stdin });
    lines.on('line', accept);
    lines.on('close', () => process.exit(0));
  },
  accidents(happened) {
    process.on('uncaughtException', happened);
    process.on('unhandledRejection', error => console.error('unhandled rejection', error));
  },
};
