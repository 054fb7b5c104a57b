import Router from '@koa/router';
import type { Deps } from '../deps.ts';
import type { ApiState } from './api-context.ts';
import { company } from './company.ts';
import type { AnyEndpoint } from './define-endpoint.ts';
import { guard } from './guard.ts';
import { jsonBody } from './json-body.ts';
import { rateLimit } from './rate-limit.ts';
import { refuseReplayed, signed } from './signatures/signed.ts';
import { uploadBody } from './upload-body.ts';
import { logged } from './logged.ts';
import { idempotencyKey, read, readFile, write } from './respond.ts';

/** The routes of `/v1`. The order of the steps matters for security: no body is read before the caller is authenticated. */
export function apiRouter(deps: Deps, endpoints: readonly AnyEndpoint[]): Router<ApiState> {
  // Addresses match exactly as documented, including letter case and a trailing slash.
  const router = new Router<ApiState>({ sensitive: true, strict: true });
  const limited = rateLimit();
  const isSigned = signed(deps);
  const isNew = refuseReplayed(deps);
  const running = new Map<string, string>();
  for (const endpoint of endpoints) {
    const { path, permission } = endpoint;
    const isLogged = logged(deps, permission);
    if (endpoint.method === 'get') {
      const respond = endpoint.file ? readFile(deps, endpoint.file) : read(deps, endpoint);
      router.get(
        path,
        isLogged,
        company(deps, permission),
        limited,
        isSigned,
        isNew,
        guard(endpoint),
        respond,
      );
    } else {
      router[endpoint.method](
        path,
        isLogged,
        company(deps, permission),
        limited,
        isSigned,
        idempotencyKey(),
        endpoint.upload ? uploadBody(deps, endpoint.upload) : jsonBody(endpoint.bodyLimitBytes),
        isNew,
        guard(endpoint),
        write(deps, endpoint, running),
      );
    }
  }
  return router;
}
