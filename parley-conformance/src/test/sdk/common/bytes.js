'use strict';

// Base64 and bytes, for Node and pages.
module.exports = {
  encode: buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))),
  decode: text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer,
};
