// The key hashes in Go of its standard library alone: each is `<name>(bytes []byte) uint64`.
import type { KeyHashName } from '../../../base/hash/key-hash.ts';

export const goHashNames: Readonly<Record<KeyHashName, string>> = {
  xxh64: 'xxh64',
  'fnv1a-32': 'fnv1a32',
  'fnv1a-64': 'fnv1a64',
  'murmur3-32': 'murmur32',
  'murmur3-128': 'murmur128',
  md5: 'md5Word',
  sha256: 'sha256Word',
  identity: 'identity',
};

/** Packages that the function of a hash imports. */
export const goImports: Readonly<Record<KeyHashName, readonly string[]>> = {
  xxh64: ['math/bits'],
  'fnv1a-32': [],
  'fnv1a-64': [],
  'murmur3-32': ['math/bits'],
  'murmur3-128': ['math/bits'],
  md5: ['crypto/md5', 'encoding/binary'],
  sha256: ['crypto/sha256', 'encoding/binary'],
  identity: [],
};

export const goWordAt = `
// wordAt reads up to eight bytes, little-endian.
func wordAt(bytes []byte, at, length int) uint64 {
	var word uint64
	for i := length - 1; i >= 0; i-- {
		word = word<<8 | uint64(bytes[at+i])
	}
	return word
}
`;

const xxh64 = `
// xxh64 is XXH64 with seed 0:
// https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
func xxh64(bytes []byte) uint64 {
	// Variables, because Go refuses constants that overflow.
	var prime1, prime2, prime3 uint64 = 0x9e3779b185ebca87, 0xc2b2ae3d27d4eb4f, 0x165667b19e3779f9
	var prime4, prime5 uint64 = 0x85ebca77c2b2ae63, 0x27d4eb2f165667c5
	round := func(lane, word uint64) uint64 {
		return bits.RotateLeft64(lane+word*prime2, 31) * prime1
	}
	length := len(bytes)
	at := 0
	hash := prime5
	if length >= 32 {
		lanes := [4]uint64{prime1 + prime2, prime2, 0, -prime1}
		for ; at+32 <= length; at += 32 {
			for i := range lanes {
				lanes[i] = round(lanes[i], wordAt(bytes, at+8*i, 8))
			}
		}
		hash = bits.RotateLeft64(lanes[0], 1) + bits.RotateLeft64(lanes[1], 7) +
			bits.RotateLeft64(lanes[2], 12) + bits.RotateLeft64(lanes[3], 18)
		for _, lane := range lanes {
			hash = (hash^round(0, lane))*prime1 + prime4
		}
	}
	hash += uint64(length)
	for ; at+8 <= length; at += 8 {
		hash = bits.RotateLeft64(hash^round(0, wordAt(bytes, at, 8)), 27)*prime1 + prime4
	}
	if at+4 <= length {
		hash = bits.RotateLeft64(hash^wordAt(bytes, at, 4)*prime1, 23)*prime2 + prime3
		at += 4
	}
	for ; at < length; at++ {
		hash = bits.RotateLeft64(hash^uint64(bytes[at])*prime5, 11) * prime1
	}
	hash = (hash ^ hash>>33) * prime2
	hash = (hash ^ hash>>29) * prime3
	return hash ^ hash>>32
}
`;

const murmur32 = `
// murmur32 is MurmurHash3_x86_32 with seed 0: https://github.com/aappleby/smhasher
func murmur32(bytes []byte) uint64 {
	var hash uint32
	scrambled := func(word uint64) uint32 {
		return bits.RotateLeft32(uint32(word)*0xcc9e2d51, 15) * 0x1b873593
	}
	at := 0
	for ; at+4 <= len(bytes); at += 4 {
		hash = bits.RotateLeft32(hash^scrambled(wordAt(bytes, at, 4)), 13)*5 + 0xe6546b64
	}
	hash ^= scrambled(wordAt(bytes, at, len(bytes)-at))
	return uint64(mixed32(hash ^ uint32(len(bytes))))
}
`;

const murmur128 = `
// murmur128 is the first word of MurmurHash3_x64_128 with seed 0:
// https://github.com/aappleby/smhasher
func murmur128(bytes []byte) uint64 {
	var factor1, factor2 uint64 = 0x87c37b91114253d5, 0x4cf5ad432745937f
	mixed := func(word uint64) uint64 {
		word = (word ^ word>>33) * 0xff51afd7ed558ccd
		word = (word ^ word>>33) * 0xc4ceb9fe1a85ec53
		return word ^ word>>33
	}
	first := func(word uint64) uint64 { return bits.RotateLeft64(word*factor1, 31) * factor2 }
	second := func(word uint64) uint64 { return bits.RotateLeft64(word*factor2, 33) * factor1 }
	length := len(bytes)
	var a, b uint64
	at := 0
	for ; at+16 <= length; at += 16 {
		a = (bits.RotateLeft64(a^first(wordAt(bytes, at, 8)), 27)+b)*5 + 0x52dce729
		b = (bits.RotateLeft64(b^second(wordAt(bytes, at+8, 8)), 31)+a)*5 + 0x38495ab5
	}
	rest := length - at
	if rest > 8 {
		b ^= second(wordAt(bytes, at+8, rest-8))
		rest = 8
	}
	a ^= first(wordAt(bytes, at, rest))
	a ^= uint64(length)
	b ^= uint64(length)
	a += b
	b += a
	return mixed(a) + mixed(b)
}
`;

const fnv = (name: string, type: string, offset: string, prime: string): string => `
// ${name} is FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
func ${name}(bytes []byte) uint64 {
	var hash ${type} = ${offset}
	for _, each := range bytes {
		hash = (hash ^ ${type}(each)) * ${prime}
	}
	return uint64(hash)
}
`;

const digest = (name: string, call: string): string => `
// ${name} is the first eight bytes of the digest, big-endian.
func ${name}(bytes []byte) uint64 {
	digest := ${call}(bytes)
	return binary.BigEndian.Uint64(digest[:8])
}
`;

export const goHashes: Readonly<Record<KeyHashName, string>> = {
  xxh64,
  'fnv1a-32': fnv('fnv1a32', 'uint32', '0x811c9dc5', '0x01000193'),
  'fnv1a-64': fnv('fnv1a64', 'uint64', '0xcbf29ce484222325', '0x100000001b3'),
  'murmur3-32': murmur32,
  'murmur3-128': murmur128,
  md5: digest('md5Word', 'md5.Sum'),
  sha256: digest('sha256Word', 'sha256.Sum256'),
  identity: `
// identity is an integer as it is.
func identity(bytes []byte) uint64 { return wordAt(bytes, 0, 8) }
`,
};

/** The finaliser of MurmurHash3_x86_32, which scores are made with as well. */
export const goMixed32 = `
func mixed32(word uint32) uint32 {
	word = (word ^ word>>16) * 0x85ebca6b
	word = (word ^ word>>13) * 0xc2b2ae35
	return word ^ word>>16
}
`;

/** PostgreSQL's own hash of bytes and integers, 64 bits; imports math/bits. */
export const goPostgresHash = `
// postgresHash is lookup3 as in PostgreSQL, src/common/hashfn.c: hash_bytes_extended.
func postgresHash(bytes []byte, seed uint64) uint64 {
	var start uint32 = 0x9e3779b9
	start += 3923095 + uint32(len(bytes))
	a, b, c := start, start, start
	mix := func() {
		a = (a - c) ^ bits.RotateLeft32(c, 4)
		c += b
		b = (b - a) ^ bits.RotateLeft32(a, 6)
		a += c
		c = (c - b) ^ bits.RotateLeft32(b, 8)
		b += a
		a = (a - c) ^ bits.RotateLeft32(c, 16)
		c += b
		b = (b - a) ^ bits.RotateLeft32(a, 19)
		a += c
		c = (c - b) ^ bits.RotateLeft32(b, 4)
		b += a
	}
	if seed != 0 {
		a += uint32(seed >> 32)
		b += uint32(seed)
		mix()
	}
	word := func(at, left int) uint32 {
		if left <= 0 {
			return 0
		}
		if left > 4 {
			left = 4
		}
		return uint32(wordAt(bytes, at, left))
	}
	at := 0
	for ; len(bytes)-at >= 12; at += 12 {
		a += word(at, 4)
		b += word(at+4, 4)
		c += word(at+8, 4)
		mix()
	}
	left := len(bytes) - at
	a += word(at, left)
	b += word(at+4, left-4)
	c += word(at+8, left-8) << 8
	c = (c ^ b) - bits.RotateLeft32(b, 14)
	a = (a ^ c) - bits.RotateLeft32(c, 11)
	b = (b ^ a) - bits.RotateLeft32(a, 25)
	c = (c ^ b) - bits.RotateLeft32(b, 16)
	a = (a ^ c) - bits.RotateLeft32(c, 4)
	b = (b ^ a) - bits.RotateLeft32(a, 14)
	c = (c ^ b) - bits.RotateLeft32(b, 24)
	return uint64(b)<<32 | uint64(c)
}
`;

/** An integer of any width folds to 32 bits before PostgreSQL hashes it. */
export const goFolded = `
func postgresBytes(key []byte) []byte {
	low, high := uint32(wordAt(key, 0, 4)), uint32(wordAt(key, 4, 4))
	if int32(high) < 0 {
		high = ^high
	}
	folded := low ^ high
	return []byte{byte(folded), byte(folded >> 8), byte(folded >> 16), byte(folded >> 24)}
}
`;

export const goNotFolded = `
func postgresBytes(key []byte) []byte { return key }
`;
