'use strict';

const redirect = require('../common/redirect');

// This generation has no option for the server: app-router.leancloud.cn and the names it answers must lead there.
require('../common/modern')({
  load: () => require('leancloud-realtime'),
  configure: ({ url }) => redirect(/\.leancloud\.cn$/, url),
  realtime: (sdk, { appId }, { noBinary, pushOfflineMessages }) =>
    new sdk.Realtime({ appId, noBinary, pushOfflineMessages }),
  open: (realtime, { id, tag, signatures }) => realtime.createIMClient(id, signatures, tag),
  // Only one direction exists: from new to old.
  history: (sdk, conversation, { limit, start, end }) =>
    conversation.queryMessages({
      limit,
      beforeTime: start && new Date(start.timestamp),
      beforeMessageId: start && start.id,
      afterTime: end && new Date(end.timestamp),
      afterMessageId: end && end.id,
    }),
});
