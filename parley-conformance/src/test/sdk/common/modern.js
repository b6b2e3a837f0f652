'use strict';

// A program on the promise-based SDK generations 3, 4 and 5. They share one vocabulary; `generation` says what differs:
//   sdk                      the module
//   realtime(server, more)   a new Realtime object that finds the given server
//   names                    what this generation calls something: {history: fn(conversation, args)}

const { emit, serve } = require('./wire');

const time = value => (value === undefined || value === null ? undefined : Number(value));

const describeMessage = sdk => message => {
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
  if (content instanceof ArrayBuffer) described.binary = Buffer.from(content).toString('base64');
  else described.content = typeof content === 'string' ? content : JSON.stringify(content);
  return described;
};

module.exports = generation => {
  const { sdk } = generation;
  const describe = describeMessage(sdk);
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

  const describeConversation = conversation =>
    conversation && {
      cid: conversation.id,
      name: conversation.name,
      topic: conversation.get && conversation.get('attr') ? conversation.get('attr').topic : undefined,
      members: conversation.members,
      creator: conversation.creator,
      mutedMembers: conversation.mutedMembers,
      unread: conversation.unreadMessagesCount,
      mentioned: conversation.unreadMessagesMentioned || undefined,
      lastMessage: conversation.lastMessage ? describe(conversation.lastMessage) : undefined,
      lastMessageAt: time(conversation.lastMessageAt),
    };

  const conversationOf = args =>
    clientOf(args)
      .im.getConversation(args.cid)
      .then(conversation => {
        if (!conversation) throw new Error(`no conversation ${args.cid}`);
        return watch(args.client, conversation);
      });

  const listen = (name, im) => {
    im.on('message', (message, conversation) => {
      watch(name, conversation);
      emit(name, 'message', describe(message));
    });
    im.on('unreadmessagescountupdate', conversations =>
      conversations.forEach(conversation => emit(name, 'unread', describeConversation(conversation)))
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
    im.on('conflict', ({ reason }) => emit(name, 'conflict', { reason }));
    im.on('close', payload => emit(name, 'closed', { code: payload && payload.code }));
    im.on('disconnect', () => emit(name, 'disconnected', {}));
    im.on('reconnect', () => emit(name, 'reconnected', {}));
    im.on('reconnecterror', error => emit(name, 'reconnectFailed', { code: error.code, message: error.message }));
  };

  const contentOf = args => {
    let message;
    if (args.binary) {
      const bytes = Buffer.from(args.binary, 'base64');
      message = new sdk.BinaryMessage(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
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

  const members = verb => args =>
    conversationOf(args)
      .then(conversation => conversation[verb](args.members))
      .then(() => null);

  serve({
    configure(args) {
      server = Object.assign({}, args, { url: new URL(args.url) });
      if (generation.configure) generation.configure(server);
    },

    open(args) {
      const named = args.connection && connections.get(args.connection);
      const realtime = named || generation.realtime(server, args);
      if (args.connection) connections.set(args.connection, realtime);
      return generation.open(realtime, args).then(im => {
        clients.set(args.client, { im, realtime });
        listen(args.client, im);
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
      clientOf(args).im._connection._ws.terminate();
    },

    create(args) {
      const { client, name, members: list, topic, unique } = args;
      const options = { name, unique, members: list || [] };
      if (topic) options.attr = { topic };
      return clientOf(args)
        .im.createConversation(options)
        .then(conversation => describeConversation(watch(client, conversation)));
    },
    conversation: args =>
      clientOf(args)
        .im.getConversation(args.cid, args.fresh)
        .then(conversation => describeConversation(watch(args.client, conversation)) || null),

    find(args) {
      const query = clientOf(args).im.getQuery();
      if (args.members) query.containsMembers(args.members);
      if (args.withMembers) query.withMembers(args.withMembers);
      if (args.ids) query.containedIn('objectId', args.ids);
      if (args.name) query.equalTo('name', args.name);
      if (args.ascending) query.ascending(args.ascending);
      if (args.descending) query.descending(args.descending);
      if (args.limit) query.limit(args.limit);
      if (args.skip) query.skip(args.skip);
      if (args.compact) query.compact();
      if (args.lastMessages) query.withLastMessagesRefreshed();
      return query.find().then(found => found.map(describeConversation));
    },

    send(args) {
      const { receipt, transient, pushData } = args;
      return conversationOf(args)
        .then(conversation => conversation.send(contentOf(args), { receipt, transient, pushData }))
        .then(describe);
    },
    history: args =>
      conversationOf(args)
        .then(conversation => generation.history(conversation, args))
        .then(messages => messages.map(describe)),
    edit: args =>
      conversationOf(args)
        .then(conversation => conversation.update(args.message, contentOf(args)))
        .then(describe),
    recall: args =>
      conversationOf(args)
        .then(conversation => conversation.recall(args.message))
        .then(describe),

    read: args =>
      conversationOf(args)
        .then(conversation => conversation.read())
        .then(() => null),
    receipts: args =>
      conversationOf(args)
        .then(conversation => conversation.fetchReceiptTimestamps())
        .then(conversation => ({
          delivered: time(conversation.lastDeliveredAt),
          read: time(conversation.lastReadAt),
        })),

    add: members('add'),
    remove: members('remove'),
    join: members('join'),
    quit: members('quit'),
    mute: members('mute'),
    unmute: members('unmute'),
    count: args => conversationOf(args).then(conversation => conversation.count()),
    update: args =>
      conversationOf(args).then(conversation => {
        Object.keys(args.attributes).forEach(key => conversation.set(key, args.attributes[key]));
        return conversation.save().then(describeConversation);
      }),

    whoIsOnline: args => clientOf(args).im.ping(args.clients),
  });
};
