/** A WAV of silence, 16 kHz, mono, 16 bit: enough for stand-ins, which look at its length only. */
export function silentWav(lengthMs: number): Buffer {
  const bytes = Buffer.alloc(44 + lengthMs * 32);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(16_000, 24);
  bytes.writeUInt32LE(32_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(lengthMs * 32, 40);
  return bytes;
}
