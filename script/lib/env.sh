# Sourced by every script: `product` is the product's folder, and Node 24 and the product's tools come first on the PATH.
product="$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)"

node_is_new_enough() {
  local version
  version="$(node --version 2>/dev/null)" || return 1
  version="${version#v}"
  [ "${version%%.*}" -ge 24 ]
}

if ! node_is_new_enough; then
  export PATH="$product/script/node/node_modules/.bin:$PATH"
fi
export PATH="$product/node_modules/.bin:$PATH"
