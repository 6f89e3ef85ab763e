/** Addresses and networks (CIDR) of IPv4 and IPv6: from where a key may be used, and whose requests are counted together. */
import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether this is an address, or a network such as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  const { family, prefix } = read(text);
  return family !== 0 && Number.isInteger(prefix) && prefix <= widthOf(family);
}

/**
 * Whether a request from this address may come. An IPv4 address is the same in the guise of an IPv6 one. Node's isIP and
 * BlockList decide: ipaddr.js reads octal numbers and short forms of IPv4, and matches no network in that guise.
 */
export function isAllowedFrom(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const bare = address.replace(/%.*$/, ''); // the zone of a link-local address is the machine's own affair
  const family = isIP(bare);
  return family !== 0 && listOf(networks).check(bare, nameOf(family));
}

/** An IPv6 customer has a /64 to ask from; an IPv4 one that came over IPv6 is still one address. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = address.parts.slice(0, 4);
  return network.map((group) => group.toString(16)).join(':');
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of networks) {
    const { address, family, prefix } = read(text);
    list.addSubnet(address, prefix, nameOf(family));
  }
  return list;
}

/** Without a prefix it is that address alone. The family is 0 and the prefix NaN for what is none. */
function read(text: string) {
  const [, address = '', digits] = /^([^/%]*)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return { address, family, prefix: digits === undefined ? widthOf(family) : Number(digits) };
}

const widthOf = (family: number) => (family === 4 ? 32 : 128);
const nameOf = (family: number) => (family === 4 ? 'ipv4' : 'ipv6');
