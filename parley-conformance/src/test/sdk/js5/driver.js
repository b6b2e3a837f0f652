'use strict';

const sdk = require('leancloud-realtime');

require('../common/modern')({
  sdk,
  realtime: ({ appId, appKey, url }, { noBinary }) =>
    new sdk.Realtime({ appId, appKey, server: url.origin, noBinary, ssl: url.protocol === 'https:' }),
  open: (realtime, { id, tag, isReconnect }) => realtime.createIMClient(id, { tag, isReconnect }),
  history: require('../common/paging')(sdk),
});
