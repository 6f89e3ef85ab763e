/**
 * IPv4 and IPv6 addresses and networks (CIDR): from where a token may be used, and which requests are counted
 * together.
 */
import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether this is an address, or a network such as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  const { family, prefix } = read(text);
  return family !== 0 && Number.isInteger(prefix) && prefix <= widthOf(family);
}

/**
 * Whether a request from this address is allowed. An IPv4 address mapped to IPv6 is the same address. Decided by
 * Node's isIP and BlockList: ipaddr.js accepts octal numbers and short forms of IPv4, and does not match mapped
 * addresses.
 */
export function isAllowedFrom(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const bare = address.replace(/%.*$/, ''); // the zone of a link-local address only matters on this machine
  const family = isIP(bare);
  return family !== 0 && listOf(networks).check(bare, nameOf(family));
}

/** A customer with IPv6 has a /64 to send from. An IPv4 address mapped to IPv6 is still one address. */
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

/** Without a prefix it is that address alone. For invalid text the family is 0 and the prefix NaN. */
function read(text: string) {
  const [, address = '', digits] = /^([^/%]*)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return { address, family, prefix: digits === undefined ? widthOf(family) : Number(digits) };
}

const widthOf = (family: number) => (family === 4 ? 32 : 128);
const nameOf = (family: number) => (family === 4 ? 'ipv4' : 'ipv6');
