/** A request that failed: a problem of the API (RFC 9457), or no response at all. */
import type { Problem } from './generated/types.gen.ts';

export class ApiError extends Error {
  /** The HTTP status; 0 without a response. */
  readonly status: number;
  /** The `code` of the problem; `network` without a response. */
  readonly code: string;
  readonly problem: Problem | null;
  /** Seconds to wait before the next try, from Retry-After. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem | null, retryAfter: number | null = null) {
    const code = problem?.code ?? (status ? `http_${status}` : 'network');
    super(code); // people are told in the words of the page: shared/refusals
    this.status = status;
    this.code = code;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** The same request may succeed later. */
  get isTemporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Reads the error of a response; `body` is what the server sent. */
export function errorOf(response: Response | undefined, body: unknown): ApiError {
  if (!response) return new ApiError(0, null);
  const seconds = Number(response.headers.get('retry-after'));
  return new ApiError(response.status, isProblem(body) ? body : null, seconds || null);
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
