'use strict';

// The line protocol between a test and a program that holds SDK clients.
//   in   {"id": 1, "op": "send", "args": {...}}
//   out  {"id": 1, "result": ...}  or  {"id": 1, "error": {"code": 4103, "message": "..."}}
//   out  {"event": "message", "client": "tom", "data": {...}}
// Requests may overlap; answers come in any order.

const lines = require('./lines');

const write = line => lines.write(JSON.stringify(line));

const emit = (client, event, data) => write({ event, client, data });

const describeError = error => {
  if (error instanceof Error || (error && error.message)) {
    return { code: error.code, appCode: error.appCode, message: String(error.message) };
  }
  return { code: error && error.code, message: (error && error.reason) || String(error) };
};

// Runs the requests with the given functions. `isKnown` says which exceptions the SDK is known to throw outside any call,
// whatever the server does.
const serve = (ops, isKnown = () => false) => {
  lines.accidents(error => {
    if (isKnown(error)) console.error('known fault of the SDK', error);
    else emit('', 'uncaught', describeError(error));
  });
  lines.listen(line => {
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
};

module.exports = { emit, serve };
