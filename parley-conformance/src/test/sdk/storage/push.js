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

  await step('register the devices', async () => {
    await toms.save();
    await marys.save();
    assert.ok(toms.id && marys.id && toms.id !== marys.id);
  });

  await step('write to somebody who has gone', async () => {
    const tom = await realtime.createIMClient('Tom');
    const jerry = await realtime.createIMClient('Jerry');
    const chat = await jerry.createConversation({ members: ['Tom'], unique: false });
    await tom.close();
    await chat.send(new TextMessage('first'));
    await jerry.close();
  });

  await step('write to somebody whose device no longer listens', async () => {
    await toms.remove('channels', 'Tom').save();
    const jerry = await realtime.createIMClient('Jerry');
    const chat = await jerry.createConversation({ members: ['Tom', 'Mary'], unique: false });
    await chat.send(new TextMessage('second'));
    await jerry.close();
  });
}

main().then(
  () => console.log('sent all'),
  (error) => console.log(`failed: ${error.stack}`),
);
