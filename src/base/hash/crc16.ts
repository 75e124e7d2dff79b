// CRC-16/XMODEM: polynomial 0x1021, initial value 0, nothing reflected;
// https://reveng.sourceforge.io/crc-catalogue/16.htm#crc.cat.crc-16-xmodem

const polynomial = 0x1021;

/** The remainder of each byte followed by 16 zero bits. */
const remainders = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = (remainder << 1) ^ (remainder & 0x8000 ? polynomial : 0);
  }
  return remainder;
});

/** The checksum of bytes[start .. end), 0 to 65,535. Allocates nothing. */
export function crc16(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i += 1) {
    crc = ((crc << 8) & 0xffff) ^ (remainders[(crc >>> 8) ^ (bytes[i] ?? 0)] ?? 0);
  }
  return crc;
}
