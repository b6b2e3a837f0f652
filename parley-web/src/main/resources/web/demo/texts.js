import { fill } from '../chat/dom.js';

/** What the demos say, in English and Chinese. */
const english = {
  demos: 'Demos',
  demosHint: 'Everything here runs on this server, with the official JavaScript SDK and no back end of its own.',
  samples: 'Samples in Java',
  allDemos: 'All demos',
  chat: 'Chat',
  chatHint: 'Conversations, receipts, history, edits and recalls.',
  battle: 'Star battle',
  battleHint: 'A realtime duel for two, on a phone or a computer.',
  tour: 'API tour',
  tourHint: 'Calls every function once, and prints one line per call and per event.',
  terminal: 'Chat in the terminal',
  terminalHint: 'One file of Java; the folder examples/terminal has its build.',
  android: 'Chat on Android',
  androidHint: 'The screen of the smallest app; the folder examples/android has the rest.',
  rules: 'Tap where you want to go, or use the arrow keys: each tap is one step. Who reaches five stars first wins. Stand in the way!',
  yourName: 'Your name',
  play: 'Play',
  again: 'Play again',
  board: 'Board',
  link: 'Link',
  inviteHint: 'Open this link in another tab or on another phone, with another name:',
  rounds: 'Rounds so far',
  waiting: 'Waiting for somebody to play with…',
  waitingHost: (name) => `Waiting for ${name}, who started this battle…`,
  go: 'Go! Five stars win.',
  watching: 'Two play already; you are watching.',
  won: (winner, loser, high, low) => `${winner} beat ${loser} ${high}:${low}`,
  unknown: 'There is no such battle.',
  noApp: 'This server has no app yet. Create one, then reload the page.',
  lost: 'Connection lost. Trying again…',
  failed: (reason) => `That did not work: ${reason}`,
};

const chinese = {
  demos: '示例',
  demosHint: '这里的一切都运行在这台服务器上，只用官方 JavaScript SDK，没有自己的后端。',
  samples: 'Java 示例',
  allDemos: '所有示例',
  chat: '聊天',
  chatHint: '对话、回执、历史记录、修改与撤回。',
  battle: '抢星大战',
  battleHint: '双人实时对战，手机和电脑都能玩。',
  tour: 'API 巡览',
  tourHint: '每个函数调用一次，每次调用和每个事件打印一行。',
  terminal: '终端聊天',
  terminalHint: '一个 Java 文件；构建方式见 examples/terminal 目录。',
  android: 'Android 聊天',
  androidHint: '最小应用的界面；其余部分见 examples/android 目录。',
  rules: '点击想去的方向，或使用方向键：每次走一步。先拿到五颗星的人获胜。可以挡住对方的路！',
  yourName: '你的名字',
  play: '开始',
  again: '再来一局',
  board: '棋盘',
  link: '链接',
  inviteHint: '在另一个标签页或另一部手机上打开此链接，换个名字：',
  rounds: '已结束的对局',
  waiting: '正在等待对手…',
  waitingHost: (name) => `正在等待发起人 ${name}…`,
  go: '开始！先得五颗星者胜。',
  watching: '已有两人在对战，你正在观战。',
  won: (winner, loser, high, low) => `${winner} 以 ${high}:${low} 战胜 ${loser}`,
  unknown: '没有这场对战。',
  noApp: '这台服务器还没有应用。请先创建一个，再刷新页面。',
  lost: '连接已断开，正在重试…',
  failed: (reason) => `操作失败：${reason}`,
};

export const language = navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
export const texts = language === 'zh-CN' ? chinese : english;

export function fillIn(root) {
  document.documentElement.lang = language;
  fill(root, (name) => texts[name]);
}
