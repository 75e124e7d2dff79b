#!/bin/sh
# Runs a command with a container engine and the image of a shard at hand: .ci/docker.sh npm test
# Installs and starts Docker where it is missing and this may be done (root on Debian).
set -eu
cd "$(dirname "$0")/.."
say() { echo "docker: $1" >&2; }

fail() {
  say "$1"
  exit 1
}

install() {
  say "installing $*"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

answers() { docker version >/dev/null 2>&1; }

work=$(mktemp -d)
engine=
finish() {
  # Only the engine that was started here.
  if [ -n "$engine" ]; then
    kill "$engine" 2>/dev/null || true
    wait "$engine" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if ! command -v docker >/dev/null || { ! answers && ! command -v dockerd >/dev/null; }; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    fail 'no engine, and it can only be installed by root on Debian'
  fi
  install docker.io iptables
fi

if ! answers; then
  if [ -n "${DOCKER_HOST:-}" ]; then fail "no engine answers at DOCKER_HOST=$DOCKER_HOST"; fi
  if [ "$(id -u)" != 0 ]; then fail 'no engine answers, and only root can start one'; fi
  say 'starting dockerd'
  dockerd >"$work/dockerd.log" 2>&1 &
  engine=$!
  tries=0
  until answers; do
    tries=$((tries + 1))
    if [ "$tries" -gt 60 ] || ! kill -0 "$engine" 2>/dev/null; then
      tail -n 20 "$work/dockerd.log" >&2
      fail 'dockerd did not start'
    fi
    sleep 0.5
  done
fi

has() { docker image inspect "$1" >/dev/null 2>&1; }

if ! has shardlab-postgres:local; then
  if docker build --quiet --tag shardlab-postgres:local docker >"$work/build.log" 2>&1; then
    say 'built the image from docker/Dockerfile'
  else
    tail -n 3 "$work/build.log" >&2
    say 'building the image from Debian packages instead'
    command -v debootstrap >/dev/null || install debootstrap
    docker/build-from-debian.sh
  fi
fi

"$@"
