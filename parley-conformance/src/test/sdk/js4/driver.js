'use strict';

const redirect = require('../common/redirect');

// This generation puts "https://" before what it is given, always.
require('../common/modern')({
  load: () => require('leancloud-realtime'),
  configure: ({ url }) => redirect(/\.leancloud\.cn$/, url),
  realtime: (sdk, { appId, appKey, url }, { byName, noBinary, pushOfflineMessages }) =>
    new sdk.Realtime({ appId, appKey, server: byName ? undefined : url.host, noBinary, pushOfflineMessages }),
  open: (realtime, { id, tag, isReconnect, signatures }) =>
    realtime.createIMClient(id, Object.assign({ tag, isReconnect }, signatures)),
  history: require('../common/paging'),
});
