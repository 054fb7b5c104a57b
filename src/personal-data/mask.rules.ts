const HIDDEN = '＊＊＊';

/** A name of which the first character of each word stays, where the word has more: `山＊＊＊ 太＊＊＊`. */
export function maskName(name: string): string {
  return name
    .trim()
    .split(/\s+/u)
    .map((word) => firstOf(word) + HIDDEN)
    .join(' ');
}

/** A mail address of which the first character of the mailbox and the last part of the host stay: `t＊＊＊@＊＊＊.jp`. */
export function maskMail(address: string): string {
  const at = address.lastIndexOf('@');
  const host = address.slice(at + 1);
  return `${firstOf(address.slice(0, at))}${HIDDEN}@${HIDDEN}${host.slice(host.lastIndexOf('.'))}`;
}

/** A telephone number of which the last four digits stay, which a caller is asked for. */
export function maskTelephone(number: string): string {
  return `${HIDDEN} ${number.slice(-4)}`;
}

const PREFECTURE = /^(?:東京都|北海道|京都府|大阪府|\p{Script=Han}{2,3}県)/u;

/** An address of which the prefecture stays. */
export function maskPlace(address: string): string {
  return (PREFECTURE.exec(address)?.[0] ?? '') + HIDDEN;
}

/** What nothing of stays: dates of birth, postal codes, buildings. */
export function maskWhole(): string {
  return HIDDEN;
}

function firstOf(word: string): string {
  const [first = '', ...rest] = word;
  return rest.length > 0 ? first : '';
}

/** What is known of the person who holds a line. */
export interface HolderDetails {
  readonly holder: string;
  readonly holderKana: string | null;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly telephone: string | null;
  readonly postalCode: string | null;
  readonly address: string | null;
  readonly building: string | null;
}

/** The same, for who has not asked to see it. */
export function maskHolder(details: HolderDetails): HolderDetails {
  return {
    holder: maskName(details.holder),
    holderKana: mapped(details.holderKana, maskName),
    birthDate: mapped(details.birthDate, maskWhole),
    email: mapped(details.email, maskMail),
    telephone: mapped(details.telephone, maskTelephone),
    postalCode: mapped(details.postalCode, maskWhole),
    address: mapped(details.address, maskPlace),
    building: mapped(details.building, maskWhole),
  };
}

const mapped = (text: string | null, mask: (text: string) => string) => (text === null ? null : mask(text));
