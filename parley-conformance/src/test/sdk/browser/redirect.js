'use strict';

// The browser's proxy leads these names to the server.
module.exports = () => {};
