import { createHash } from 'node:crypto';
import type { AnyEndpoint } from '../../api/define-endpoint.ts';
import { curlOf } from './curl.rules.ts';

/** The example request of an operation as one types it into a shell. */
export function exampleCurl(endpoint: AnyEndpoint, origin: string): string {
  const { name, method, path, query, exampleQuery = { limit: '20' }, exampleId = '', exampleBody } = endpoint;
  const { upload } = endpoint;
  const parameters = query && !upload ? `?${new URLSearchParams(exampleQuery).toString()}` : '';
  const url = `${origin}${path.replace(':id', exampleId)}${parameters}`;
  if (method === 'get') return curlOf({ method: 'GET', url });
  const body = exampleBody === undefined ? {} : { body: exampleBody as object };
  const file = upload && { file: { mediaType: upload.mediaType, name: 'uses.csv' } };
  const verb = { post: 'POST', patch: 'PATCH', delete: 'DELETE' } as const;
  return curlOf({ method: verb[method], url, key: exampleKey(name), ...body, ...file });
}

/** An Idempotency-Key that looks random, another one for each operation and always the same. */
function exampleKey(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
  ];
  return [...parts, digest.slice(20, 32)].join('-');
}
