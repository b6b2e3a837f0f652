'use strict';

// What the application's own server does: allows an operation by signing it with the master key.

const hmac = require('./hmac');

const HOUR = 3600 * 1000;

// `wish` of a test: `key`; `wrong` and `expired` are lists of what to sign badly: "login", "conversation", "blacklist";
// `refused` lists what is not signed at all; `withoutCaller` leaves the caller out of the members that are signed.
// `signed` is told of each signature.
const signer = (appId, wish, signed) => {
  const sign = (kind, parts, action) => {
    if ((wish.refused || []).includes(kind)) return Promise.reject(new Error('not allowed by the signer'));
    signed(kind);
    const timestamp = Date.now() - ((wish.expired || []).includes(kind) ? 7 * HOUR : 0);
    const nonce = Math.random()
      .toString(36)
      .slice(2);
    const key = (wish.wrong || []).includes(kind) ? `${wish.key}!` : wish.key;
    const text = [appId, ...parts, timestamp, nonce, ...(action ? [action] : [])].join(':');
    return hmac(key, text).then(signature => ({ signature, timestamp, nonce }));
  };
  const membersOf = (members, caller) =>
    members
      .filter(member => !wish.withoutCaller || member !== caller)
      .sort()
      .join(':');
  const actions = { add: 'invite', remove: 'kick' };
  return {
    login: client => sign('login', [client, '']),
    conversation: (conversation, client, members, action) =>
      conversation
        ? sign('conversation', [client, conversation, members.slice().sort().join(':')], actions[action] || action)
        : sign('conversation', [client, membersOf(members, client)]),
    blacklist: (conversation, client, members, action) =>
      sign('blacklist', [client, conversation, members.slice().sort().join(':')], action),
  };
};

// As options of the promise-based SDKs. Generations 4 and 5 hand the first two arguments of a blacklist factory over in
// different orders.
const factories = (appId, { id, signing }, signed) => {
  if (!signing) return {};
  const sign = signer(appId, signing, signed);
  return {
    signatureFactory: sign.login,
    conversationSignatureFactory: sign.conversation,
    blacklistSignatureFactory: (first, second, members, action) =>
      sign.blacklist(first === id ? second : first, id, members, action),
  };
};

module.exports = { signer, factories };
