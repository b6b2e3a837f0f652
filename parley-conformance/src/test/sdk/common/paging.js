'use strict';

// History between two points, in either direction, as generations 4 and 5 ask for it.
module.exports = (sdk, conversation, { limit, start, end, oldToNew, type }) =>
  conversation.queryMessages({
    limit,
    type,
    startTime: start && new Date(start.timestamp),
    startMessageId: start && start.id,
    startClosed: start && start.closed,
    endTime: end && new Date(end.timestamp),
    endMessageId: end && end.id,
    endClosed: end && end.closed,
    direction: oldToNew ? sdk.MessageQueryDirection.OLD_TO_NEW : undefined,
  });
