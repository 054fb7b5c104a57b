/** The parameters that we add to a company's return address; nobody else may set them. */
export interface Outcome {
  readonly tabane_id: string;
  readonly tabane_state: string;
}

const OURS = new Set(['tabane_id', 'tabane_state']);
/** Layers of percent-encoding that are decoded; no reader decodes more. */
const MAX_LAYERS = 8;

/**
 * The return address with the outcome added. Parameters with our names are removed from it, however they are written,
 * because the company's software might take them for ours. The company's own parameters stay unchanged, byte for byte:
 * they may be signed, or not be UTF-8.
 */
export function addOutcome(returnUrl: string, outcome: Outcome): string {
  const address = new URL(returnUrl);
  const kept = withoutOurs(address.search.slice(1));
  address.search = [...(kept === '' ? [] : [kept]), new URLSearchParams({ ...outcome })].join('&');
  const fragment = address.hash.slice(1);
  const questionMark = fragment.indexOf('?') + 1;
  const keptFragment = fragment.slice(0, questionMark) + withoutOurs(fragment.slice(questionMark));
  if (keptFragment !== fragment) address.hash = keptFragment;
  return address.href;
}

/** Parameters are separated by `&`, and for some readers by `;`; ours are removed with their separator. */
function withoutOurs(parameters: string): string {
  const kept = parameters.split('&').flatMap((piece) => {
    const own = piece.split(';').filter((parameter) => !isOurs(parameter));
    return own.length === 0 ? [] : [own.join(';')];
  });
  return kept.join('&');
}

/** Whether any reader would recognise one of our names: encoded, in capitals, as a list, or with characters that PHP replaces by `_`. */
function isOurs(parameter: string): boolean {
  const [written = ''] = parameter.split('=');
  const name = decode(written).toLowerCase();
  const [list = ''] = name.split('[');
  const [ended = ''] = name.split('\0');
  return [name, list, ended].some((one) => OURS.has(canonical(one)));
}

/** Blanks around a name are ignored; blanks, dots and brackets within it are read as `_`. */
function canonical(name: string): string {
  return name.replaceAll(/^\s+|\s+$/g, '').replaceAll(/[\s.[\]_]+/g, '_');
}

/** Decodes `+` and percent-encoding repeatedly; bytes that are not UTF-8 stay encoded. */
function decode(written: string): string {
  let text = written;
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const plain = text
      .replaceAll('+', ' ')
      .replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
    if (plain === text) break;
    text = plain;
  }
  return text;
}
