'use strict';

// What applications do with the storage SDK beside a chat: each step prints "ok NAME", or why it failed.
const assert = require('node:assert');
const AV = require('leancloud-storage');
const IM = require('leancloud-realtime');
const initPlugin = require('leancloud-realtime-plugin-typed-messages');

const { TypedMessagesPlugin, ImageMessage } = initPlugin(AV, IM);

const { APP_ID: appId, APP_KEY: appKey, MASTER_KEY: masterKey, SERVER_URL: server } = process.env;
AV.init({ appId, appKey, masterKey, serverURL: server });
const realtime = new IM.Realtime({ appId, appKey, server, plugins: [TypedMessagesPlugin] });

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AAQQxwFgBB0gX7h/C5SAAAAABJRU5ErkJggg==',
  'base64',
);
const unique = (name) => `${name}-${Date.now()}-${Math.random()}`;

async function step(name, run) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`failed ${name}: ${error.stack} ${JSON.stringify(error)}`);
  }
}

const download = async (url) => Buffer.from(await (await fetch(url)).arrayBuffer());
const rejected = async (promise, code) => {
  await assert.rejects(promise, (error) => error.code === code || assert.fail(`${error.code} ${error.message}`));
};

async function main() {
  const username = unique('tom');

  await step('sign up', async () => {
    const user = new AV.User();
    user.setUsername(username);
    user.setPassword('cat!');
    user.setEmail(`${username}@example.com`);
    user.set('age', 7);
    await user.signUp();
    assert.ok(user.id && user.getSessionToken());
    assert.strictEqual(AV.User.current().id, user.id);
    await rejected(new AV.User({ username, password: 'x' }).signUp(), 202);
    AV.User._currentUser = user;
  });

  await step('log in', async () => {
    await AV.User.logOut();
    await rejected(AV.User.logIn(username, 'wrong'), 210);
    const user = await AV.User.logIn(username, 'cat!');
    assert.strictEqual(user.get('age'), 7);
    assert.strictEqual(await user.isAuthenticated(), true);
    assert.strictEqual((await AV.User.loginWithEmail(`${username}@example.com`, 'cat!')).id, user.id);
    assert.strictEqual((await AV.User.become(user.getSessionToken())).id, user.id);
  });

  await step('change the current user', async () => {
    const user = AV.User.current();
    await user.increment('age').set('city', 'Peking').save();
    assert.strictEqual((await AV.User.current().fetch()).get('age'), 8);
    const before = user.getSessionToken();
    await user.updatePassword('cat!', 'dog!');
    assert.notStrictEqual(user.getSessionToken(), before);
    await user.refreshSessionToken();
    assert.strictEqual(await user.isAuthenticated(), true);
    assert.strictEqual((await AV.User.logIn(username, 'dog!')).id, user.id);
  });

  await step('sign up anonymously', async () => {
    const current = AV.User.current();
    const anonymous = await AV.User.loginAnonymously();
    assert.ok(anonymous.isAnonymous());
    await AV.User.become(current.getSessionToken());
  });

  await step('save, query, change and delete objects', async () => {
    const Note = AV.Object.extend('Note');
    const note = new Note({ text: 'hi', stars: 3, at: new Date(0), tags: ['a'], author: AV.User.current() });
    await note.save();
    await note.increment('stars', 2).addUnique('tags', 'b').unset('text').save();
    const query = new AV.Query('Note').equalTo('author', AV.User.current()).greaterThan('stars', 4).include('author');
    const [found] = await query.descending('createdAt').find();
    assert.strictEqual(found.id, note.id);
    assert.deepStrictEqual(found.get('tags'), ['a', 'b']);
    assert.strictEqual(found.get('text'), undefined);
    assert.strictEqual(found.get('at').getTime(), 0);
    assert.strictEqual(found.get('author').get('username'), username);
    assert.strictEqual(await query.count(), 1);
    await rejected(note.increment('stars', -9).save(null, { query: new AV.Query('Note').greaterThan('stars', 9) }), 305);
    await AV.Object.saveAll([new Note({ stars: 1 }), new Note({ stars: 2 })]);
    await AV.Object.destroyAll(await new AV.Query('Note').lessThan('stars', 3).find());
    await found.destroy();
    assert.strictEqual(await new AV.Query('Note').count(), 0);
    await rejected(new AV.Query('Note').get(note.id), 101);
  });

  await step('guard objects with an ACL', async () => {
    const diary = new AV.Object('Diary');
    diary.setACL(new AV.ACL(AV.User.current()));
    await diary.save({ text: 'dear' });
    assert.strictEqual(await new AV.Query('Diary').count(), 1);
    const token = AV.User.current().getSessionToken();
    await AV.User.logOut();
    assert.strictEqual(await new AV.Query('Diary').count(), 0);
    await rejected(AV.Object.createWithoutData('Diary', diary.id).save({ text: 'x' }), 403);
    await AV.User.become(token);
  });

  await step('relate objects', async () => {
    const post = new AV.Object('Post');
    const tag = await new AV.Object('Tag').save({ name: 'fun' });
    post.relation('tags').add(tag);
    await post.save();
    assert.strictEqual((await post.relation('tags').query().find())[0].id, tag.id);
    assert.strictEqual((await AV.Relation.reverseQuery('Post', 'tags', tag).find())[0].id, post.id);
  });

  await step('upload a file', async () => {
    const file = await new AV.File('dot.png', png, 'image/png').save({ keepFileName: true });
    assert.ok(file.url().endsWith('/dot.png'), file.url());
    assert.deepStrictEqual(await download(file.url()), png);
    const small = await download(file.thumbnailURL(2, 200));
    assert.deepStrictEqual([small.readUInt32BE(16), small.readUInt32BE(20)], [2, 1]);
    const album = await new AV.Object('Album').save({ cover: file });
    const cover = (await new AV.Query('Album').get(album.id)).get('cover');
    assert.strictEqual(cover.url(), file.url());
    assert.strictEqual(cover.metaData('size'), png.length);
    await new AV.Query('_File').get(file.id);
    await file.destroy();
    assert.strictEqual((await fetch(file.url())).status, 404);
  });

  await step('upload a large file from a stream', async () => {
    const { Readable } = require('node:stream');
    const content = Buffer.alloc(5 * 1024 * 1024, 7);
    const file = new AV.File('large.bin', Readable.from([content]), 'application/octet-stream');
    file.metaData('size', content.length);
    await file.save();
    assert.deepStrictEqual(await download(file.url()), content);
  });

  await step('name a file that is kept elsewhere', async () => {
    const file = await AV.File.withURL('x.png', 'https://example.com/x.png').save();
    assert.strictEqual((await new AV.File('x', []).constructor.createWithoutData(file.id).fetch()).url(), 'https://example.com/x.png');
  });

  await step('register an installation', async () => {
    const installation = new AV.Installation({ deviceType: 'android', installationId: unique('device'), channels: ['Tom'] });
    await installation.save();
    await installation.addUnique('channels', 'news').save();
    const found = await new AV.Query('_Installation').equalTo('channels', 'news').find({ useMasterKey: true });
    assert.ok(found.some((one) => one.id === installation.id));
    await rejected(new AV.Query('_Installation').find(), 403);
  });

  let conversationId;
  await step('make a conversation and send into it', async () => {
    const conversation = new AV.Conversation('from the server', { isTransient: false });
    conversation.addMember(AV.User.current().id);
    conversation.addMember('Jerry');
    await conversation.save(null, { useMasterKey: true });
    conversationId = conversation.id;
    assert.ok(conversationId);
    await conversation.send('Jerry', { _lctype: -1, _lctext: 'hello' }, {}, { useMasterKey: true });
    const rows = await new AV.Query('_Conversation').equalTo('m', 'Jerry').find({ useMasterKey: true });
    assert.ok(rows.some((row) => row.id === conversationId));
  });

  await step('log in to the chat as the user, and send a picture', async () => {
    const user = AV.User.current();
    const jerry = await realtime.createIMClient('Jerry');
    const received = new Promise((resolve) => {
      jerry.on('message', (message) => message instanceof ImageMessage && resolve(message));
    });
    const tom = await realtime.createIMClient(user);
    assert.strictEqual(tom.id, user.id);
    const conversation = await tom.getConversation(conversationId);
    assert.strictEqual((await conversation.queryMessages())[0].text, 'hello');
    const file = await new AV.File('dot.png', png, 'image/png').save();
    const image = new ImageMessage(file).setText('a dot');
    await conversation.send(image);
    const message = await received;
    assert.strictEqual(message.text, 'a dot');
    assert.strictEqual(message.getFile().id, file.id);
    assert.deepStrictEqual(await download(message.getFile().url()), png);
    await tom.close();
    await jerry.close();
  });
}

main().then(
  () => console.log('sent all'),
  (error) => console.log(`failed: ${error.stack}`),
);
