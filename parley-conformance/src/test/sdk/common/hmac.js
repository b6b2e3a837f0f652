'use strict';

const { createHmac } = require('crypto');

// HMAC-SHA1 in hexadecimal digits.
module.exports = (key, text) =>
  Promise.resolve(
    createHmac('sha1', key)
      .update(text)
      .digest('hex')
  );
