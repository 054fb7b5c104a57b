import type { CompanyKeyActor } from '../access/actor.ts';
import type { VerifiedSignature } from './signatures/verified-signature.ts';
import type { Middleware, ParameterizedContext } from 'koa';

/** The company an API key speaks for. */
export interface ApiCompany {
  readonly id: number;
  readonly code: string;
}

/** The results of the steps of an API route; each step sets its own member. */
export interface ApiState {
  company: ApiCompany;
  actor: CompanyKeyActor;
  /** Whether the key works with signed requests alone. */
  mustSign: boolean;
  /** Of a signed request, once its signature is verified. */
  signature?: VerifiedSignature;
  params: Readonly<Record<string, string>>;
  query: unknown;
  body: unknown;
  /** By what two requests with a file are the same, in place of the body. */
  fingerprint?: unknown;
}

export type ApiContext = ParameterizedContext<ApiState>;
export type ApiStep = Middleware<ApiState>;
