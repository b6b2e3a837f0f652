# Sourced by ./mvnw and ./parley. Sets JAVA_HOME to a JDK of the wanted release or newer, or explains how to get one.
# Order: JAVA_HOME, then java on PATH, then the folders where systems install JDKs.
PARLEY_JDK=25

parley_jdk_release() {
  [ -x "$1/bin/javac" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

parley_find_jdk() {
  local candidate release on_path
  on_path=$(command -v java 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/java}
  for candidate in "${JAVA_HOME:-}" "${on_path:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -n "$candidate" ] && [ -d "$candidate" ] || continue
    release=$(parley_jdk_release "$candidate") || continue
    if [ -n "$release" ] && [ "$release" -ge "$PARLEY_JDK" ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  cat >&2 <<TXT
Parley needs a JDK $PARLEY_JDK or newer, and none was found in JAVA_HOME, on PATH, or in the usual system folders.
Get one, for example with   apt-get install temurin-25-jdk   or from https://adoptium.net,
then run this again; or set JAVA_HOME to a JDK that is installed elsewhere.
TXT
  return 1
}

parley_find_jdk || exit 1
