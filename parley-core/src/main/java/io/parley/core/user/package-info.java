/// Users with passwords and session tokens, for applications whose users have an account beside their chat
/// identity. Entry class: [io.parley.core.user.Users]. Knows no session of the chat.
@NullMarked
package io.parley.core.user;

import org.jspecify.annotations.NullMarked;
