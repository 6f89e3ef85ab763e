import type { FastifyRequest } from 'fastify';
import type { Locale } from '#platform/locales.ts';

/** The language that the browser likes most of those that the product has (RFC 9110, 12.5.4). */
export function localeOf({ headers }: FastifyRequest): Locale {
  const liked = (headers['accept-language'] ?? '')
    .toLowerCase()
    .split(',', 20)
    .map((part) => {
      const [, locale, weight = '1'] = /^\s*(en|ru)(?:-[\w-]*)?\s*(?:;\s*q=([\d.]+))?\s*$/.exec(part) ?? [];
      return { locale, weight: Number(weight) };
    })
    .filter(({ locale, weight }) => locale !== undefined && weight > 0)
    .sort((one, other) => other.weight - one.weight);
  return liked[0]?.locale === 'ru' ? 'ru' : 'en';
}
