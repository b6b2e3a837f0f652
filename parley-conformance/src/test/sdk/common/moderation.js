'use strict';

// Rooms, temporary conversations, roles, silence and blacklists: what generations 4 and 5 have, and the rooms of 3.

const { emit } = require('./wire');

// Event of the SDK, as the test knows it, key of the operator.
const EVENTS = [
  ['blocked', 'blocked', 'blockedBy'],
  ['unblocked', 'unblocked', 'unblockedBy'],
  ['membersblocked', 'membersBlocked', 'blockedBy'],
  ['membersunblocked', 'membersUnblocked', 'unblockedBy'],
  ['muted', 'silenced', 'mutedBy'],
  ['unmuted', 'unsilenced', 'unmutedBy'],
  ['membersmuted', 'membersSilenced', 'mutedBy'],
  ['membersunmuted', 'membersUnsilenced', 'unmutedBy'],
];

const listen = (name, im) => {
  EVENTS.forEach(([event, known, by]) =>
    im.on(event, (payload, conversation) =>
      emit(name, known, { cid: conversation.id, members: payload.members, by: payload[by] })
    )
  );
  im.on('memberinfoupdated', ({ member, memberInfo, updatedBy }, conversation) =>
    emit(name, 'roleChanged', { cid: conversation.id, member, role: memberInfo && memberInfo.role, by: updatedBy })
  );
};

const outcome = ({ successfulClientIds, failures }) => ({
  done: successfulClientIds,
  failures: failures.map(({ code, clientIds }) => ({ code, clients: clientIds })),
});

const part = ({ results, next }) => ({ clients: results, next: next || undefined });

const paged = ({ limit, next }) => Object.assign({ limit }, next ? { next } : {});

// `conversationOf(args)` gives the SDK's object, `created(args)` describes a new one to the test.
const operations = ({ clientOf, conversationOf, created }) => {
  const some = verb => args => conversationOf(args).then(chat => chat[verb](args.members).then(outcome));
  const list = verb => args => conversationOf(args).then(chat => chat[verb](paged(args)).then(part));
  return {
    createRoom(args) {
      const { im } = clientOf(args);
      const { name } = args;
      const room = im.createChatRoom ? im.createChatRoom({ name }) : im.createConversation({ name, transient: true });
      return room.then(created(args));
    },
    createTemporary: args =>
      clientOf(args)
        .im.createTemporaryConversation({ members: args.members, ttl: args.ttl })
        .then(created(args)),

    addSome: some('add'),
    removeSome: some('remove'),
    silence: some('muteMembers'),
    unsilence: some('unmuteMembers'),
    block: some('blockMembers'),
    unblock: some('unblockMembers'),
    silenced: list('queryMutedMembers'),
    blocked: list('queryBlockedMembers'),

    setRole: args =>
      conversationOf(args)
        .then(chat => chat.updateMemberRole(args.member, args.role))
        .then(() => null),
    roles: args =>
      conversationOf(args)
        .then(chat => chat.getAllMemberInfo({ noCache: true }))
        .then(infos => Object.assign({}, ...infos.map(info => ({ [info.memberId]: info.role })))),
  };
};

module.exports = { listen, operations };
