'use strict';

// A program on the promise-based SDK generations 3, 4 and 5. They share one vocabulary; `generation` says what differs:
//   load()                           the module
//   configure(server)                optional: called once, before anything else
//   realtime(sdk, server, options)   a new Realtime object that finds the given server
//   open(realtime, options)          logs in; gives an IMClient
//   history(sdk, conversation, range)

const bytes = require('./bytes');
const cut = require('./cut');
const { emit, serve } = require('./wire');
const moderation = require('./moderation');
const signing = require('./signing');

const time = value => (value === undefined || value === null ? undefined : Number(value));

const describeMessage = (sdk, message) => {
  const described = {
    id: message.id,
    cid: message.cid,
    from: message.from,
    timestamp: time(message.timestamp),
    transient: message.transient === true ? true : undefined,
    mentions: message.mentionList && message.mentionList.length ? message.mentionList : undefined,
    mentionedAll: message.mentionedAll || undefined,
    mentioned: message.mentioned || undefined,
  };
  if (message instanceof sdk.RecalledMessage) return Object.assign(described, { recalled: true });
  if (message instanceof sdk.TypedMessage) {
    return Object.assign(described, {
      type: message.type,
      text: message.getText(),
      attributes: message.getAttributes(),
    });
  }
  const { content } = message;
  if (content instanceof ArrayBuffer) described.binary = bytes.encode(content);
  else described.content = typeof content === 'string' ? content : JSON.stringify(content);
  return described;
};

module.exports = generation => {
  const clients = new Map();
  const connections = new Map();
  const watched = new WeakSet();
  let server;

  const clientOf = args => {
    const entry = clients.get(args.client);
    if (!entry) throw new Error(`no client ${args.client}`);
    return entry;
  };

  // Receipts are told on the conversation, so every conversation the test touches is listened to.
  const watch = (name, conversation) => {
    if (!conversation || watched.has(conversation)) return conversation;
    watched.add(conversation);
    conversation.on('lastdeliveredatupdate', () => {
      if (conversation.lastDeliveredAt) {
        emit(name, 'delivered', { cid: conversation.id, at: time(conversation.lastDeliveredAt) });
      }
    });
    conversation.on('lastreadatupdate', () => {
      if (conversation.lastReadAt) emit(name, 'read', { cid: conversation.id, at: time(conversation.lastReadAt) });
    });
    return conversation;
  };

  const describeConversation = (sdk, conversation) =>
    conversation && {
      cid: conversation.id,
      name: conversation.name,
      topic: conversation.get && conversation.get('attr') ? conversation.get('attr').topic : undefined,
      members: conversation.members,
      creator: conversation.creator,
      mutedMembers: conversation.mutedMembers,
      unread: conversation.unreadMessagesCount,
      mentioned: conversation.unreadMessagesMentioned || undefined,
      lastMessage: conversation.lastMessage ? describeMessage(sdk, conversation.lastMessage) : undefined,
      lastMessageAt: time(conversation.lastMessageAt),
    };

  const conversationOf = args =>
    clientOf(args)
      .im.getConversation(args.cid)
      .then(conversation => {
        if (!conversation) throw new Error(`no conversation ${args.cid}`);
        return watch(args.client, conversation);
      });

  const listen = (name, sdk, im) => {
    const describe = message => describeMessage(sdk, message);

    im.on('message', (message, conversation) => {
      watch(name, conversation);
      emit(name, 'message', describe(message));
    });
    im.on('unreadmessagescountupdate', conversations =>
      conversations.forEach(conversation => emit(name, 'unread', describeConversation(sdk, conversation)))
    );
    im.on('invited', ({ invitedBy }, conversation) => emit(name, 'invited', { cid: conversation.id, by: invitedBy }));
    im.on('kicked', ({ kickedBy }, conversation) => emit(name, 'kicked', { cid: conversation.id, by: kickedBy }));
    im.on('membersjoined', ({ members, invitedBy }, conversation) =>
      emit(name, 'membersJoined', { cid: conversation.id, members, by: invitedBy })
    );
    im.on('membersleft', ({ members, kickedBy }, conversation) =>
      emit(name, 'membersLeft', { cid: conversation.id, members, by: kickedBy })
    );
    im.on('messagerecall', message => emit(name, 'recalled', describe(message)));
    im.on('messageupdate', message => emit(name, 'edited', describe(message)));
    im.on('conversationinfoupdated', ({ attributes, updatedBy }, conversation) =>
      emit(name, 'updated', { cid: conversation.id, attributes, by: updatedBy })
    );
    moderation.listen(name, im);
    im.on('conflict', ({ reason }) => emit(name, 'conflict', { reason }));
    im.on('close', payload => emit(name, 'closed', { code: payload && payload.code }));
    im.on('disconnect', () => emit(name, 'disconnected', {}));
    im.on('reconnect', () => emit(name, 'reconnected', {}));
    im.on('reconnecterror', error => emit(name, 'reconnectFailed', { code: error.code, message: error.message }));
  };

  const contentOf = args => {
    const { sdk } = clientOf(args);
    let message;
    if (args.binary) {
      message = new sdk.BinaryMessage(bytes.decode(args.binary));
    } else if (args.content !== undefined) {
      message = new sdk.Message(args.content);
    } else {
      message = new sdk.TextMessage(args.text);
      if (args.attributes) message.setAttributes(args.attributes);
    }
    if (args.mentions) message.setMentionList(args.mentions);
    if (args.mentionAll) message.mentionAll();
    return message;
  };

  // For answers: what an SDK object looks like to the test.
  const message = args => found => describeMessage(clientOf(args).sdk, found);
  const conversation = args => found => describeConversation(clientOf(args).sdk, found);

  const members = verb => args =>
    conversationOf(args)
      .then(conversation => conversation[verb](args.members))
      .then(() => null);

  const moderated = moderation.operations({
    clientOf,
    conversationOf,
    created: args => found => describeConversation(clientOf(args).sdk, watch(args.client, found)),
  });

  const operations = {
    configure(args) {
      server = Object.assign({}, args, { url: new URL(args.url) });
      if (generation.configure) generation.configure(server);
    },

    open(args) {
      let entry = args.connection && connections.get(args.connection);
      if (!entry) {
        const sdk = generation.load();
        entry = { sdk, realtime: generation.realtime(sdk, server, args) };
      }
      if (args.connection) connections.set(args.connection, entry);
      const { sdk, realtime } = entry;
      const signed = kind => emit(args.client, 'signed', { kind });
      const signatures = signing.factories(server.appId, args, signed);
      return generation.open(realtime, Object.assign({ signatures }, args)).then(im => {
        clients.set(args.client, { sdk, im, realtime });
        listen(args.client, sdk, im);
        return { id: im.id };
      });
    },
    close: args =>
      clientOf(args)
        .im.close()
        .then(() => null),

    // The application says that the network is gone, or back.
    offline(args) {
      clientOf(args).realtime.pause();
    },
    online(args) {
      const { im, realtime } = clientOf(args);
      return new Promise((resolve, reject) => {
        im.once('reconnect', () => resolve(null));
        im.once('reconnecterror', reject);
        realtime.resume();
        realtime.retry();
      });
    },
    // The network fails without a word; the SDK notices and comes back by itself.
    cut(args) {
      cut(clientOf(args).im._connection._ws);
    },

    create(args) {
      const { client, name, members: list, topic, unique } = args;
      // Generation 5 makes conversations unique unless told otherwise.
      const options = { name, unique: Boolean(unique), members: list || [] };
      if (topic) options.attr = { topic };
      return clientOf(args)
        .im.createConversation(options)
        .then(created => watch(client, created))
        .then(conversation(args));
    },
    conversation: args =>
      clientOf(args)
        .im.getConversation(args.cid, args.fresh)
        .then(found => watch(args.client, found))
        .then(conversation(args)),

    find(args) {
      const query = clientOf(args).im.getQuery();
      if (args.members) query.containsMembers(args.members);
      if (args.ids) query.containedIn('objectId', args.ids);
      if (args.name) query.equalTo('name', args.name);
      if (args.ascending) query.ascending(args.ascending);
      if (args.descending) query.descending(args.descending);
      if (args.limit) query.limit(args.limit);
      if (args.skip) query.skip(args.skip);
      if (args.compact) query.compact();
      if (args.lastMessages) query.withLastMessagesRefreshed();
      return query.find().then(found => found.map(conversation(args)));
    },

    send(args) {
      const { receipt, transient, pushData, will, priority } = args;
      return conversationOf(args)
        .then(chat => chat.send(contentOf(args), { receipt, transient, pushData, will, priority }))
        .then(message(args));
    },
    history: args =>
      conversationOf(args)
        .then(chat => generation.history(clientOf(args).sdk, chat, args))
        .then(messages => messages.map(message(args))),
    edit: args =>
      conversationOf(args)
        .then(chat => chat.update(args.message, contentOf(args)))
        .then(message(args)),
    recall: args =>
      conversationOf(args)
        .then(chat => chat.recall(args.message))
        .then(message(args)),

    read: args =>
      conversationOf(args)
        .then(chat => chat.read())
        .then(() => null),
    receipts: args =>
      conversationOf(args)
        .then(chat => chat.fetchReceiptTimestamps())
        .then(chat => ({ delivered: time(chat.lastDeliveredAt), read: time(chat.lastReadAt) })),

    add: members('add'),
    remove: members('remove'),
    join: members('join'),
    quit: members('quit'),
    mute: members('mute'),
    unmute: members('unmute'),
    count: args => conversationOf(args).then(chat => chat.count()),
    update: args =>
      conversationOf(args)
        .then(chat => {
          Object.keys(args.attributes).forEach(key => chat.set(key, args.attributes[key]));
          return chat.save();
        })
        .then(conversation(args)),

    whoIsOnline: args => clientOf(args).im.ping(args.clients),
  };

  serve(Object.assign(operations, moderated));
};
