'use strict';

// Loaded before a program that must not be touched: `node -r redirected.js`. The server is in PARLEY_URL.
require('./redirect')(/\.leancloud\.cn$/, new URL(process.env.PARLEY_URL));
