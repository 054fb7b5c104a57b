import { readRoot } from './image-files.ts';

/** What compose.yaml says of one service, for services whose settings are in the block itself. */
export interface ComposeService {
  readonly profiles: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
}

/** Reads the block of a service. Lists are in brackets or one item a line. */
export function readComposeService(name: string): ComposeService {
  const block = new RegExp(`^  ${name}:\\n((?:    .*\\n|\\n)+)`, 'm').exec(readRoot('compose.yaml'))?.[1];
  if (block === undefined) throw new Error(`compose.yaml has no service ${name}`);
  const listOf = (key: string) => {
    const inline = new RegExp(`^    ${key}: \\[(.*)\\]$`, 'm').exec(block)?.[1];
    if (inline !== undefined) return inline.split(', ').map(unquote);
    return linesBelow(block, key).map((line) => unquote(line.replace('- ', '')));
  };
  const settings = linesBelow(block, 'environment').map((line) => /^(\w+): (.*)$/.exec(line) ?? []);
  return {
    profiles: listOf('profiles'),
    command: listOf('command'),
    environment: Object.fromEntries(settings.map(([, key = '', value = '']) => [key, unquote(value)])),
    ports: listOf('ports'),
    volumes: listOf('volumes'),
  };
}

function linesBelow(block: string, key: string): string[] {
  const found = new RegExp(`^    ${key}:\\n((?:      .*\\n)+)`, 'm').exec(block)?.[1] ?? '';
  return found
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function unquote(text: string): string {
  return text.replace(/^'(.*)'$/, '$1');
}
