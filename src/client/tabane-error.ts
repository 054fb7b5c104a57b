/** Members of a refusal (RFC 9457); others are facts of the problem. */
export interface ProblemBody {
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly request_id?: string;
  readonly [fact: string]: unknown;
}

/** A refusal of the API. Decide by `code`, whose meaning never changes; `message` is for people. */
export class TabaneError extends Error {
  override readonly name = 'TabaneError';
  readonly status: number;
  /** Of the problem; `unexpected-response` where something in between answered. */
  readonly code: string;
  readonly problem: ProblemBody;
  /** Quote it when you contact us. */
  readonly requestId: string | undefined;

  constructor(status: number, problem: ProblemBody) {
    super(`${problem.code}: ${problem.detail ?? problem.title ?? `HTTP ${status}`}`);
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
    this.requestId = problem.request_id;
  }
}

/** No answer: the network, a time limit, or an answer that broke off. Whether a write took effect is not known. */
export class TabaneConnectionError extends Error {
  override readonly name = 'TabaneConnectionError';
}

/** The refusal in an answer that is not a success. */
export async function readError(response: Response): Promise<TabaneError> {
  const text = await response.text();
  const problem = parseProblem(text);
  return new TabaneError(
    response.status,
    problem ?? { code: 'unexpected-response', detail: `HTTP ${response.status}, without a problem in it` },
  );
}

function parseProblem(text: string): ProblemBody | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isProblem =
      typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
    return isProblem ? (value as ProblemBody) : undefined;
  } catch {
    return undefined;
  }
}
