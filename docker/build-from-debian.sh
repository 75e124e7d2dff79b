#!/bin/sh
# Builds the image of a shard from Debian packages, where no container registry can be reached.
#
#     sudo docker/build-from-debian.sh [suite]
#
# The result behaves like the image of the Dockerfile (environment, entrypoint, settings, health
# check) with the Postgres of the Debian release: bookworm (the default) has 15, trixie has 17.
# It needs debootstrap (apt-get install debootstrap), root, a Debian mirror (MIRROR, or that of
# deb.debian.org) and a Docker engine. It takes one to two minutes and 400 MB in TMPDIR.
set -eu

suite=${1:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
folder=$(cd "$(dirname "$0")" && pwd)

fail() {
  echo "build-from-debian.sh: $1" >&2
  exit 3
}

[ "$(id -u)" = 0 ] || fail 'must run as root, because debootstrap does: sudo docker/build-from-debian.sh'
command -v debootstrap >/dev/null || fail 'debootstrap is missing: apt-get install debootstrap'
command -v docker >/dev/null || fail 'the docker command is missing: apt-get install docker.io'
docker version >/dev/null 2>&1 || fail 'no Docker engine answers: start it, or set DOCKER_HOST'

case "$suite" in
  bookworm) major=15 ;;
  trixie) major=17 ;;
  *) fail "unknown suite $suite: bookworm and trixie are known" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
root=$work/root

# Packages that Postgres needs, and perl for its scripts; no documentation, no second server.
debootstrap --variant=minbase \
  --include="postgresql-$major,libjson-perl" "$suite" "$root" "$mirror" >"$work/log" 2>&1 ||
  { tail -n 20 "$work/log" >&2; fail "debootstrap of $suite from $mirror failed"; }

version=$(chroot "$root" "/usr/lib/postgresql/$major/bin/postgres" --version |
  sed -n 's/.*) \([0-9.]*\).*/\1/p')
[ -n "$version" ] || fail 'the Postgres in the new root does not say its version'

# The package makes a cluster of its own, which no shard uses.
rm -rf "$root/var/lib/postgresql/$major" "$root/etc/postgresql/$major" \
  "$root/var/cache/apt/archives"/*.deb "$root/var/lib/apt/lists"/* \
  "$root/usr/share/doc"/* "$root/usr/share/man"/* "$root/usr/share/locale"/*
install -d -m 0755 "$root/docker-entrypoint-initdb.d"
install -m 0755 "$folder/entrypoint.sh" "$root/usr/local/bin/docker-entrypoint.sh"
install -m 0644 "$folder/postgresql.conf" "$root/etc/postgresql/shardlab.conf"

tar --create --numeric-owner --one-file-system --directory="$root" . |
  docker import - shardlab-postgres:root >/dev/null
# An image of its own, since `docker import` cannot set the stop signal.
docker build --quiet --tag "shardlab-postgres:$version" --tag shardlab-postgres:local - <<END
FROM shardlab-postgres:root
ENV PATH=/usr/lib/postgresql/$major/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV PGDATA=/var/lib/postgresql/data LANG=C.UTF-8 PG_MAJOR=$major
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
EXPOSE 5432
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
  CMD pg_isready --quiet --host=127.0.0.1 --username="\${POSTGRES_USER:-postgres}" || exit 1
LABEL org.opencontainers.image.title="shardlab shard" org.opencontainers.image.version="$version"
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres", "-c", "config_file=/etc/postgresql/shardlab.conf"]
END
docker rmi shardlab-postgres:root >/dev/null
echo "built shardlab-postgres:local, shardlab-postgres:$version (Debian $suite)"
