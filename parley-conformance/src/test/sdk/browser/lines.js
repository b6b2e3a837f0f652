'use strict';

// The test calls hearTest; tellTest is the test's.

module.exports = {
  write: line => window.tellTest(line),
  listen(accept) {
    window.hearTest = line => {
      accept(line);
    };
  },
  accidents(happened) {
    addEventListener('error', event => happened(event.error || new Error(event.message)));
  },
};
