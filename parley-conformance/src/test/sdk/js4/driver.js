'use strict';

const sdk = require('leancloud-realtime');

// This generation puts "https://" before what it is given, always.
require('../common/modern')({
  sdk,
  realtime: ({ appId, appKey, url }, { noBinary, pushOfflineMessages }) =>
    new sdk.Realtime({ appId, appKey, server: url.host, noBinary, pushOfflineMessages }),
  open: (realtime, { id, tag, isReconnect }) => realtime.createIMClient(id, { tag, isReconnect }),
  history: require('../common/paging')(sdk),
});
