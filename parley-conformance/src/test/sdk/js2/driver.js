'use strict';

// A program on SDK generation 2: callbacks, JSON text frames, offline messages pushed after login.

const cut = require('../common/cut');
const { emit, serve } = require('../common/wire');
const redirect = require('../common/redirect');
const { signer } = require('../common/signing');

// A script tag makes an object with this function in it.
const sdk = require('leancloud-realtime');
const realtime = typeof sdk === 'function' ? sdk : sdk.realtime;

const clients = new Map();
let server;

const clientOf = args => {
  const client = clients.get(args.client);
  if (!client) throw new Error(`no client ${args.client}`);
  return client;
};

// Typed content arrives parsed as {text, attr, type}; everything else as it was sent.
const describeContent = data => {
  if (data && typeof data === 'object') {
    if (data.type === 'text') return { type: -1, text: data.text, attributes: data.attr };
    if (data._lctype === -127) return { recalled: true };
    return { content: JSON.stringify(data) };
  }
  return { content: data };
};

const describeMessage = frame =>
  Object.assign(
    {
      id: frame.id,
      cid: frame.cid,
      from: frame.fromPeerId,
      timestamp: frame.timestamp,
      transient: frame.transient || undefined,
      offline: frame.offline || undefined,
    },
    describeContent(frame.msg)
  );

const describeConversation = row => ({
  cid: row.objectId,
  name: row.name,
  topic: row.attr && row.attr.topic,
  members: row.m,
  creator: row.c,
  lastMessage: row.msg && { id: row.msg_mid, from: row.msg_from, content: row.msg },
});

const call = run => new Promise((resolve, reject) => run(resolve, reject));

// A refused operation never calls back in this SDK; the refusal is a public "error" event.
const answered = (client, run) =>
  call((resolve, reject) => {
    const refused = frame => reject(frame || new Error('refused'));
    client.once('error', refused);
    run(result => {
      client.off('error', refused);
      resolve(result);
    });
  });

const roomOf = args =>
  answered(clientOf(args), done => clientOf(args).room(args.cid, done)).then(room => {
    if (!room) throw new Error(`no conversation ${args.cid}`);
    return room;
  });

// This generation has one function for all signatures; what it is asked for is in its options.
const authOf = args => {
  if (!args.signing) return undefined;
  const sign = signer(server.appId, args.signing, kind => emit(args.client, 'signed', { kind }));
  return ({ clientId, members, convId, action }, done) =>
    (members ? sign.conversation(convId, clientId, members, action) : sign.login(clientId)).then(done);
};

const listen = (name, client) => {
  client.on('message', frame => emit(name, 'message', describeMessage(frame)));
  client.on('receipt', ({ id, cid, t, from }) => emit(name, 'delivered', { cid, id, at: t, from }));
  client.on('invited', ({ cid, initBy }) => emit(name, 'invited', { cid, by: initBy }));
  client.on('kicked', ({ cid, initBy }) => emit(name, 'kicked', { cid, by: initBy }));
  client.on('membersjoined', ({ cid, m, initBy }) => emit(name, 'membersJoined', { cid, members: m, by: initBy }));
  client.on('membersleft', ({ cid, m, initBy }) => emit(name, 'membersLeft', { cid, members: m, by: initBy }));
  client.on('reuse', () => emit(name, 'disconnected', {}));
};

const operations = {
  configure(args) {
    server = Object.assign({}, args, { url: new URL(args.url) });
    redirect(/\.leancloud\.cn$/, server.url);
  },

  open(args) {
    const secure = server.url.protocol === 'https:';
    return call((resolve, reject) => {
      const client = realtime({ appId: server.appId, clientId: args.id, secure, auth: authOf(args) }, frame => {
        setTimeout(() => client.on('open', () => emit(args.client, 'reconnected', {})), 0);
        resolve({ id: frame.peerId });
      });
      client.once('error', frame => reject(frame || new Error('the router or the socket failed')));
      clients.set(args.client, client);
      listen(args.client, client);
    });
  },
  close(args) {
    clientOf(args).close();
  },
  offline(args) {
    clientOf(args).close();
  },
  online: args => call(resolve => clientOf(args).open(() => resolve(null))),
  cut(args) {
    cut(clientOf(args).cache.ws);
  },

  create(args) {
    const { name, members, unique, transient, topic } = args;
    const attr = topic ? { topic } : {};
    return answered(clientOf(args), done =>
      clientOf(args).room({ name, members, unique, transient, attr }, done)
    ).then(room => ({ cid: room.id, name: room.name, topic: room.attr.topic }));
  },
  createRoom: args => operations.create(Object.assign({ transient: true, members: [] }, args)),
  conversation: args =>
    answered(clientOf(args), done => clientOf(args).query({ where: { objectId: args.cid } }, done)).then(rows =>
      rows.length ? describeConversation(rows[0]) : null
    ),
  find(args) {
    const where = {};
    if (args.members) where.m = args.members;
    if (args.ids) where.roomIds = args.ids;
    if (args.name) where.name = args.name;
    const options = {
      limit: args.limit,
      skip: args.skip,
      compact: args.compact,
      withLastMessages: args.lastMessages,
      sort: args.ascending || (args.descending && `-${args.descending}`),
    };
    if (Object.keys(where).length) options.where = where;
    return answered(clientOf(args), done => clientOf(args).query(options, done)).then(rows =>
      rows.map(describeConversation)
    );
  },

  send(args) {
    const { receipt, transient } = args;
    const typed = args.text !== undefined;
    return roomOf(args).then(room =>
      answered(clientOf(args), done => {
        room.send(
          typed ? { text: args.text, attr: args.attributes } : args.content,
          Object.assign({ receipt, transient }, typed ? { type: 'text' } : {}),
          done
        );
        if (transient) done({});
      }).then(ack => {
        if (ack.code) throw ack;
        return { id: ack.uid, cid: args.cid, timestamp: ack.t, text: args.text, content: args.content };
      })
    );
  },
  history(args) {
    const { limit, start } = args;
    return roomOf(args).then(room =>
      answered(clientOf(args), done =>
        room.log({ limit, t: start && start.timestamp, mid: start && start.id }, done)
      ).then(items =>
        items.map(item =>
          Object.assign(
            { id: item.msgId, cid: args.cid, from: item.from, timestamp: item.timestamp },
            describeContent(item.data)
          )
        )
      )
    );
  },

  add: args => roomOf(args).then(room => answered(clientOf(args), done => room.add(args.members, done))),
  remove: args => roomOf(args).then(room => answered(clientOf(args), done => room.remove(args.members, done))),
  join: args => roomOf(args).then(room => answered(clientOf(args), done => room.join(done))),
  quit: args => roomOf(args).then(room => answered(clientOf(args), done => room.leave(done))),
  count: args => roomOf(args).then(room => answered(clientOf(args), done => room.count(done))),
  update: args => roomOf(args).then(room => answered(clientOf(args), done => room.update(args.attributes, done))),

  whoIsOnline: args => answered(clientOf(args), done => clientOf(args).ping(args.clients, done)),
};

// A heartbeat stays scheduled after close() and is then sent into the closed socket.
serve(operations, error => error instanceof Error && error.message === 'not opened');
