'use strict';

// Old generations have the host names of the hosted service compiled in. What a customer does with a hosts entry or an
// own DNS zone is done here inside the process, because a test cannot own ports 80 and 443: connections to those names
// are made to the server under test. TLS still verifies that the server's certificate carries the original name.

const http = require('http');
const https = require('https');

const plainRequest = http.request;
const tlsRequest = https.request;

const hostOf = options => String(options.hostname || options.host || '').split(':')[0];

// `names`: a pattern for the host names to redirect. `target`: a URL object of the server under test.
module.exports = (names, target) => {
  const redirected = original => (first, ...rest) => {
    const options =
      typeof first === 'string' || first instanceof URL ? urlOptions(new URL(first)) : Object.assign({}, first);
    const name = hostOf(options);
    if (!names.test(name)) return original(first, ...rest);
    const secure = target.protocol === 'https:';
    Object.assign(options, {
      protocol: target.protocol,
      host: target.hostname,
      hostname: target.hostname,
      port: target.port,
      headers: Object.assign({}, options.headers, { Host: name }),
      agent: false,
      defaultPort: undefined,
    });
    if (secure) options.servername = name;
    return (secure ? tlsRequest : plainRequest)(options, ...rest);
  };
  const urlOptions = url => ({ protocol: url.protocol, hostname: url.hostname, path: url.pathname + url.search });
  http.request = redirected(plainRequest);
  https.request = redirected(tlsRequest);
  // `get` of the built-in modules does not go through the exported `request`.
  http.get = (...args) => end(http.request(...args));
  https.get = (...args) => end(https.request(...args));
};

const end = request => {
  request.end();
  return request;
};
