import { watchConnection } from './connection-bar.js';
import { Conversations } from './conversations.js';
import { avatar, byId, element, icon, soon } from './dom.js';
import { drawList } from './list-view.js';
import * as names from './names.js';
import { OpenConversation } from './open-conversation.js';
import { attempt } from './problems.js';
import { onChange } from './route.js';
import { prepare } from './sdk.js';
import { askName, explain, showProblem } from './sign-in.js';
import { openStartSheet } from './start-sheet.js';
import { fillIn, language, texts } from './texts.js';

async function start() {
  document.documentElement.lang = language;
  fillIn(document);
  let realtime;
  try {
    realtime = await prepare();
  } catch (error) {
    console.warn('the server is not ready', error);
    showProblem(texts.unreachable);
    return;
  }
  if (!realtime) {
    showProblem(texts.noApp);
    return;
  }
  await chat(realtime, await signedIn(realtime));
}

/** At once when this tab has a name already, else through the form. */
async function signedIn(realtime) {
  const signIn = (name) => realtime.createIMClient(name);
  const name = names.ofThisTab();
  if (name === null) return askName(signIn);
  try {
    return await signIn(name);
  } catch (error) {
    return askName(signIn, explain(error));
  }
}

async function chat(realtime, client) {
  const conversations = new Conversations(client);
  const open = new OpenConversation(conversations);
  const draw = soon(() => drawList(conversations, open.id));
  conversations.addEventListener('changed', draw);
  watchConnection(realtime, client, () => attempt(async () => {
    await conversations.resume();
    await open.resume();
  }));
  byId('me').replaceChildren(avatar(client.id, 'small'), element('span', { class: 'name' }, client.id), icon('switch'));
  byId('me').addEventListener('click', () => {
    names.forget();
    location.reload();
  });
  for (const id of ['new-conversation', 'start-first']) {
    byId(id).addEventListener('click', () => openStartSheet(conversations));
  }
  const follow = async () => {
    await open.follow();
    draw();
  };
  onChange(follow);
  byId('chat').hidden = false;
  await attempt(() => conversations.load());
  await follow();
}

start();
