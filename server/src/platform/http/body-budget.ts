/** Counts the bytes of bodies received by this process whose requests are still in progress. */
import type { FastifyRequest } from 'fastify';
import { networkOf } from '#platform/ip-addresses.ts';

export interface BodyBudget {
  /** Whether this many more bytes fit, for this caller and in total. */
  fits(request: FastifyRequest, bytes: number): boolean;
  /** Counts the bytes for the request. Returns false, and counts nothing, when they do not fit. */
  take(request: FastifyRequest, bytes: number): boolean;
  refund(request: FastifyRequest): void;
}

/**
 * The share of the total that one caller may use, so that others get through. Callers without a token are counted by
 * network.
 */
const SHARE = 1 / 4;

export function createBodyBudget(max: number): BodyBudget {
  /** The caller's name is stored here, because a closed connection no longer has an address. */
  const byRequest = new WeakMap<FastifyRequest, { caller: string; bytes: number }>();
  const byCaller = new Map<string, number>();
  let total = 0;

  const add = (caller: string, bytes: number) => {
    const ofCaller = (byCaller.get(caller) ?? 0) + bytes;
    if (ofCaller > 0) byCaller.set(caller, ofCaller);
    else byCaller.delete(caller);
    total += bytes;
  };
  const fits = (request: FastifyRequest, bytes: number) =>
    total + bytes <= max && (byCaller.get(nameOf(request)) ?? 0) + bytes <= max * SHARE;

  return {
    fits,
    take(request, bytes) {
      if (!fits(request, bytes)) return false;
      const taken = byRequest.get(request) ?? { caller: nameOf(request), bytes: 0 };
      taken.bytes += bytes;
      byRequest.set(request, taken);
      add(taken.caller, bytes);
      return true;
    },
    refund(request) {
      const taken = byRequest.get(request);
      if (!taken) return;
      byRequest.delete(request);
      add(taken.caller, -taken.bytes);
    },
  };
}

function nameOf({ actor, ip }: FastifyRequest): string {
  if (actor?.kind === 'client') return `account ${actor.accountId}`;
  if (actor?.kind === 'staff') return `staff ${actor.staffId}`;
  return actor?.kind === 'service' ? `service ${actor.tokenId}` : `network ${networkOf(ip)}`;
}
