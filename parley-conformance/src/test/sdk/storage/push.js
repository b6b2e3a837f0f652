'use strict';

// Devices as the SDKs register them, and a chat whose members are away: each step prints "ok NAME", or why it failed.
const assert = require('node:assert');
const AV = require('leancloud-storage');
const { Realtime, TextMessage } = require('leancloud-realtime');

const { APP_ID: appId, APP_KEY: appKey, SERVER_URL: server } = process.env;
AV.init({ appId, appKey, serverURL: server });
const realtime = new Realtime({ appId, appKey, server });

async function step(name, run) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`failed ${name}: ${error.stack} ${JSON.stringify(error)}`);
  }
}

const phone = (owner) =>
  new AV.Installation({
    deviceType: 'android',
    vendor: 'mi',
    installationId: `phone-of-${owner}`,
    registrationId: `token-of-${owner}`,
    channels: [owner],
  });

async function main() {
  const toms = phone('Tom');
  const marys = phone('Mary');
  const anns = phone('Ann');

  await step('register the devices', async () => {
    await toms.save();
    await marys.save();
    await anns.save();
    assert.ok(toms.id && marys.id && toms.id !== marys.id);
  });

  // Before anybody writes: devices are looked for a moment after the message.
  await step('let one of them listen no longer', () => anns.remove('channels', 'Ann').save());

  await step('write to somebody who has gone', async () => {
    const tom = await realtime.createIMClient('Tom');
    const jerry = await realtime.createIMClient('Jerry');
    const chat = await jerry.createConversation({ members: ['Tom'], unique: false });
    await tom.close();
    await chat.send(new TextMessage('first'));
    await jerry.close();
  });

  await step('write to somebody whose device no longer listens', async () => {
    const jerry = await realtime.createIMClient('Jerry');
    const chat = await jerry.createConversation({ members: ['Ann', 'Mary'], unique: false });
    await chat.send(new TextMessage('second'));
    await jerry.close();
  });
}

main().then(
  () => console.log('sent all'),
  (error) => console.log(`failed: ${error.stack}`),
);
