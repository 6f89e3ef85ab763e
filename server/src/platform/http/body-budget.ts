/** Bytes of bodies that have arrived and whose requests are not answered yet, in this process. */
import type { FastifyRequest } from 'fastify';
import { networkOf } from '#platform/ip-addresses.ts';

export interface BodyBudget {
  /** Whether so many more may come, of this caller and of all. */
  fits(request: FastifyRequest, bytes: number): boolean;
  /** Counts them for the request; false, and nothing counted, when they do not fit. */
  take(request: FastifyRequest, bytes: number): boolean;
  refund(request: FastifyRequest): void;
}

/** What one caller may have of all: the others must get through. Whoever sends no key is known by their network. */
const SHARE = 1 / 4;

export function createBodyBudget(max: number): BodyBudget {
  /** With the caller's name: a connection that has ended has no address any more. */
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
