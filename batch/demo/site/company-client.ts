import { createHash } from 'node:crypto';

/** A company's server: speaks to the real HTTP API with the company's own key. */
export interface CompanyClient {
  get<T>(path: string): Promise<T>;
  /** `name` makes the Idempotency-Key: the same name is the same request. A body of undefined sends none. */
  post<T>(path: string, body: unknown, name: string): Promise<T>;
}

interface ProblemBody {
  readonly code?: string;
  readonly detail?: string;
}

/** A response other than 2xx, with its problem. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly code: string;

  constructor(request: string, status: number, problem: ProblemBody) {
    const code = problem.code ?? 'unknown';
    super(`${request} returned ${status} ${code}${problem.detail ? `: ${problem.detail}` : ''}`);
    this.status = status;
    this.code = code;
  }
}

/** A client for one company; every request but 2xx is an ApiRefusal. */
export function createCompanyClient(origin: string, token: string): CompanyClient {
  const authorization = `Bearer ${token}`;
  const send = async <T>(path: string, init: RequestInit): Promise<T> => {
    const headers = { authorization, ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(`${origin}${path}`, { ...init, headers });
    const answer = (await response.json()) as T & ProblemBody;
    if (!response.ok) throw new ApiRefusal(`${init.method} ${path}`, response.status, answer);
    return answer;
  };
  return {
    get: (path) => send(path, { method: 'GET' }),
    post: (path, body, name) =>
      send(path, {
        method: 'POST',
        headers: {
          'idempotency-key': `"${keyOf(name)}"`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}

/** Names hold line IDs, which are nobody's business outside. */
function keyOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}
