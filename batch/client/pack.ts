import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseConfig } from '../../config/config.ts';
import { apiEndpoints } from '../../src/api-endpoints.ts';
import { buildOpenApi } from '../../src/api/openapi/build-openapi.ts';
import { runEntryPoint } from '../launch/launch-refusal.ts';
import { describeOperations } from './describe-operations.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const source = join(root, 'src', 'client');

const INDEX = `import { createClient } from './create-client.ts';
import type { Client, ClientOptions } from './client.types.ts';
import { routes, type Operations } from './operations.ts';

export type { CallOptions, ClientOptions, SigningOptions, StreamOptions } from './client.types.ts';
export * from './operations.ts';
export { TabaneConnectionError, TabaneError } from './tabane-error.ts';
export { verifyWebhook, WebhookVerificationError } from './verify-webhook.ts';

export type Tabane = Client<Operations>;

/** The API with a method for each operation. */
export function createTabane(options: ClientOptions): Tabane {
  return createClient<Operations>(routes, options);
}
`;

/**
 * Packs the client for content companies into `folder`: plain JavaScript with types of every operation that this version of the API
 * has. Returns the path of the package.
 */
export async function packClient(folder: string): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'tabane-client-'));
  try {
    const sources = join(work, 'source');
    await cp(source, sources, { recursive: true });
    const document = buildOpenApi(parseConfig({}), apiEndpoints);
    const operations = await describeOperations(document);
    await writeFile(
      join(sources, 'operations.ts'),
      `import type { Route } from './client.types.ts';\n\n${operations}`,
    );
    await writeFile(join(sources, 'index.ts'), INDEX);
    await compile(sources, join(work, 'package', 'dist'));
    const { version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Release;
    await writeFile(
      join(work, 'package', 'package.json'),
      JSON.stringify(describePackage(version, license), null, 2),
    );
    await cp(join(source, 'README.md'), join(work, 'package', 'README.md'));
    await cp(join(root, 'LICENSE'), join(work, 'package', 'LICENSE'));
    await mkdir(folder, { recursive: true });
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: join(work, 'package'),
    });
    const [packed] = JSON.parse(stdout) as [{ filename: string }];
    return join(folder, packed.filename);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Release {
  readonly version: string;
  readonly license: string;
}

async function compile(sources: string, outDir: string): Promise<void> {
  const options = {
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
      types: [],
      strict: true,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      outDir,
      rootDir: sources,
    },
    files: ['index.ts'].map((file) => join(sources, file)),
  };
  const config = join(sources, 'tsconfig.json');
  await writeFile(config, JSON.stringify(options));
  await writeFile(join(sources, 'package.json'), JSON.stringify({ type: 'module' }));
  await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config]);
}

function describePackage(version: string, license: string) {
  return {
    name: 'tabane-client',
    version,
    description: 'Client of the charge API for content companies',
    license,
    type: 'module',
    engines: { node: '>=20.19' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist'],
    sideEffects: false,
  };
}

if (import.meta.main) {
  await runEntryPoint(async () => {
    console.log(await packClient(join(root, '.data', 'client')));
    return 0;
  });
}
