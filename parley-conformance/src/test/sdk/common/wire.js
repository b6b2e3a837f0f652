'use strict';

// The line protocol between a test and a program that holds SDK clients.
//   in   {"id": 1, "op": "send", "args": {...}}
//   out  {"id": 1, "result": ...}  or  {"id": 1, "error": {"code": 4103, "message": "..."}}
//   out  {"event": "message", "client": "tom", "data": {...}}
// Requests may overlap; answers come in any order. Everything else the program prints goes to stderr.

const readline = require('readline');

const out = process.stdout.write.bind(process.stdout);
console.log = console.info = console.warn = console.debug = console.error;

const write = line => out(`${JSON.stringify(line)}\n`);

const emit = (client, event, data) => write({ event, client, data });

const describeError = error => {
  if (error instanceof Error || (error && error.message)) {
    return { code: error.code, appCode: error.appCode, message: String(error.message) };
  }
  return { code: error && error.code, message: (error && error.reason) || String(error) };
};

// Runs the requests with the given functions until the test closes stdin. `isKnown` says which exceptions the SDK is
// known to throw outside any call, whatever the server does.
const serve = (ops, isKnown = () => false) => {
  process.on('uncaughtException', error => {
    if (isKnown(error)) console.error('known fault of the SDK', error);
    else emit('', 'uncaught', describeError(error));
  });
  process.on('unhandledRejection', error => console.error('unhandled rejection', error));
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', line => {
    const { id, op, args } = JSON.parse(line);
    Promise.resolve()
      .then(() => {
        if (!ops[op]) throw new Error(`this SDK has no "${op}"`);
        return ops[op](args || {});
      })
      .then(
        result => write({ id, result: result === undefined ? null : result }),
        error => write({ id, error: describeError(error) })
      );
  });
  lines.on('close', () => process.exit(0));
};

module.exports = { emit, serve };
