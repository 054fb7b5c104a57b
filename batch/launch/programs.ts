import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The part of Galera that a MariaDB server loads, where Debian puts it. */
export const GALERA_LIBRARY = '/usr/lib/galera/libgalera_smm.so';

interface Program {
  readonly files: readonly string[];
  /** Absolute paths of what is not a program. */
  readonly libraries?: readonly string[];
  readonly packages: readonly string[];
  readonly why: string;
}

/** What a command may need from the machine: programs, the Debian packages that hold them, and why. */
export const programs = {
  mariadbd: {
    // mariadb-install-db calls my_print_defaults, which only the client package holds.
    files: ['mariadbd', 'mariadb-install-db', 'my_print_defaults'],
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    why: 'the private database, used when DATABASE_URL is not set',
  },
  backup: {
    files: ['mariadb-dump', 'mariadb'],
    packages: ['mariadb-client'],
    why: 'tests back a database up and restore it with the documented commands',
  },
  freeradius: {
    files: ['freeradius'],
    packages: ['freeradius'],
    why: 'tests of the line check run against a real AAA server',
  },
  radclient: {
    files: ['radclient'],
    packages: ['freeradius-utils'],
    why: 'the bench of the line check measures beside it',
  },
  chromium: {
    files: ['chromium'],
    packages: ['chromium'],
    why: 'tests of the checkout page run in a real browser',
  },
  poppler: {
    files: ['pdftotext', 'pdftoppm', 'pdffonts'],
    packages: ['poppler-utils'],
    why: 'tests read the statement PDFs back',
  },
  xmllint: {
    files: ['xmllint'],
    packages: ['libxml2-utils'],
    why: 'tests check electronic invoices against their published schema',
  },
  interpreters: {
    files: ['curl', 'openssl', 'python3', 'php', 'ruby'],
    packages: ['curl', 'openssl', 'python3', 'php-cli', 'ruby'],
    why: 'tests run the programs of the documentation as their readers do',
  },
  galera: {
    // The script that copies data from node to node looks at ports with ss.
    files: ['rsync', 'ss', 'setpriv'],
    libraries: [GALERA_LIBRARY],
    packages: ['galera-4', 'rsync', 'iproute2', 'util-linux'],
    why: 'a cluster of database servers, to be ill-treated',
  },
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof programs;

/** Narrows a word of the command line to a known program. */
export function isProgramName(word: string): word is ProgramName {
  return Object.hasOwn(programs, word);
}

/** The folders where programs are looked for: PATH, and the system folders an ordinary user's PATH lacks. */
export function programFolders(path = process.env['PATH'] ?? ''): string[] {
  return [...path.split(delimiter).filter(Boolean), '/usr/local/sbin', '/usr/sbin', '/sbin'];
}

/** Absolute path of a program, or undefined when no folder has it as an executable file. */
export function findProgram(file: string, folders: readonly string[] = programFolders()): string | undefined {
  return folders.map((folder) => join(folder, file)).find(isExecutable);
}

/** Those of the wanted programs of which at least one file is not on this machine. */
export function listMissing(wanted: readonly ProgramName[], folders: readonly string[]): ProgramName[] {
  return wanted.filter((name) => {
    const { files, libraries = [] }: Program = programs[name];
    return files.some((file) => !findProgram(file, folders)) || !libraries.every((path) => existsSync(path));
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
