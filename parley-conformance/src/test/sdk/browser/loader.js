'use strict';

// Runs a program that was written for Node in a page. `?driver=` is the program, `?sdk=` the script of the SDK. Modules
// of ../common that need Node have a namesake beside this file, which is taken instead.

(() => {
  const parameters = new URLSearchParams(location.search);
  const cache = {};
  const sources = new Map();

  // Synchronous, as `require` is.
  const source = url => {
    if (!sources.has(url)) {
      const request = new XMLHttpRequest();
      request.open('GET', url, false);
      request.send();
      if (request.status !== 200) throw new Error(`no ${url}: ${request.status}`);
      sources.set(url, `${request.responseText}\n//# sourceURL=${url}`);
    }
    return sources.get(url);
  };

  const OWN = ['lines', 'hmac', 'redirect'];

  const resolve = (name, from) => {
    if (name === 'leancloud-realtime') return new URL(parameters.get('sdk'), location).href;
    const own = OWN.find(module => name.endsWith(`/${module}`));
    return new URL(own ? `${own}.js` : `${name}.js`, own ? location : from).href;
  };

  // What a page does: a script tag, and the global that the script makes.
  const runScript = url => {
    const script = document.createElement('script');
    script.textContent = source(url);
    delete window.AV;
    document.head.append(script);
    script.remove();
    return window.AV;
  };

  const runModule = url => {
    const module = { exports: {} };
    const require = name => load(resolve(name, url));
    Object.assign(require, { cache, resolve: name => resolve(name, url) });
    new Function('require', 'module', 'exports', source(url))(require, module, module.exports);
    return module.exports;
  };

  const load = url => {
    if (!cache[url]) cache[url] = { exports: url.includes('/node_modules/') ? runScript(url) : runModule(url) };
    return cache[url].exports;
  };

  load(new URL(parameters.get('driver'), location).href);
})();
