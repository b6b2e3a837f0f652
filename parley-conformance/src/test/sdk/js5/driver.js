'use strict';

const redirect = require('../common/redirect');

// This generation allows one Realtime object per app and module. Clients that must not share a socket therefore each
// get the module anew; that is what separate devices have.
const load = () => {
  delete require.cache[require.resolve('leancloud-realtime')];
  return require('leancloud-realtime');
};

require('../common/modern')({
  load,
  configure: ({ url }) => redirect(/^app-router\.com$/, url),
  realtime: (sdk, { appId, appKey, routedAppId, url }, { byName, noBinary }) =>
    byName
      ? new sdk.Realtime({ appId: routedAppId, appKey })
      : new sdk.Realtime({ appId, appKey, server: url.origin, noBinary, ssl: url.protocol === 'https:' }),
  open: (realtime, { id, tag, isReconnect, signatures }) =>
    realtime.createIMClient(id, Object.assign({ tag, isReconnect }, signatures)),
  history: require('../common/paging'),
});
