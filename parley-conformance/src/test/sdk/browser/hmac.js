'use strict';

// HMAC-SHA1 in hexadecimal digits.
module.exports = (key, text) => {
  const bytes = value => new TextEncoder().encode(value);
  return crypto.subtle
    .importKey('raw', bytes(key), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
    .then(imported => crypto.subtle.sign('HMAC', imported, bytes(text)))
    .then(digest => Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join(''));
};
