/** Encodings of line files. Shift_JIS is read as CP932, which adds ①, 髙 and the like to it. */
export type FileEncoding = 'utf-8' | 'shift_jis' | 'euc-jp' | 'utf-16le' | 'utf-16be';

/** Names that people and other programs use for them, in lower case. The first bytes of `utf-16` decide its byte order. */
const NAMES: Readonly<Record<string, FileEncoding | 'utf-16'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  shift_jis: 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'windows-31j': 'shift_jis',
  'euc-jp': 'euc-jp',
  eucjp: 'euc-jp',
  'utf-16': 'utf-16',
  utf16: 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

/** The stated encoding of a file; undefined if none is stated: then the file is UTF-8, or refused. */
export type StatedEncoding = FileEncoding | 'utf-16' | undefined;

/** The names of the encodings that a refusal or a help text shows. */
export const ENCODING_NAMES = ['utf-8', 'shift_jis', 'euc-jp', 'utf-16', 'utf-16le', 'utf-16be'] as const;

/** Parses the name of an encoding, in any letter case; undefined for an unknown one. */
export function parseEncoding(name: string): FileEncoding | 'utf-16' | undefined {
  return NAMES[name.toLowerCase()];
}

const TITLES: Readonly<Record<FileEncoding | 'utf-16', string>> = {
  'utf-8': 'UTF-8',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'utf-16': 'UTF-16',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
};

/** An encoding as people write it. */
export function titleOf(encoding: FileEncoding | 'utf-16'): string {
  return TITLES[encoding];
}

/** The encoding that the first bytes of a file prove: by a byte order mark, or by the zeroes next to the ASCII letters of a header. */
export function readOpening([first, second, third]: Uint8Array): FileEncoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && isLetter(second)) return 'utf-16be';
  return isLetter(first) && second === 0 ? 'utf-16le' : undefined;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x20 && byte < 0x7f;
}
