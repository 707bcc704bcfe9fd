package dev.dockwire.capture;

/** The numbers of the pcapng format (draft-ietf-opsawg-pcapng): block types and option codes. */
final class Pcapng {

  static final int SECTION_HEADER = 0x0a0d_0d0a;
  static final int INTERFACE_DESCRIPTION = 1;
  static final int SIMPLE_PACKET = 3;
  static final int NAME_RESOLUTION = 4;
  static final int INTERFACE_STATISTICS = 5;
  static final int ENHANCED_PACKET = 6;

  /** Says by its order which byte order a section is in. */
  static final int BYTE_ORDER_MAGIC = 0x1a2b_3c4d;

  static final int MAJOR_VERSION = 1;
  static final int MINOR_VERSION = 0;

  /** LINKTYPE_ETHERNET, in classic pcap too. */
  static final int ETHERNET = 1;

  /** Type and total length in front, total length behind. */
  static final int BLOCK_OVERHEAD = 12;

  /** Interface, time, captured and original length, before the frame of an enhanced packet. */
  static final int ENHANCED_PACKET_HEADER = 20;

  static final int OPT_END_OF_OPT = 0;
  static final int OPT_COMMENT = 1;
  static final int SHB_USERAPPL = 4;
  static final int IF_NAME = 2;
  static final int IF_DESCRIPTION = 3;
  static final int IF_MACADDR = 6;
  static final int IF_TSRESOL = 9;
  static final int IF_TSOFFSET = 14;
  static final int EPB_FLAGS = 2;
  static final int EPB_DROPCOUNT = 4;
  static final int NRB_RECORD_END = 0;
  static final int NRB_RECORD_IPV4 = 1;
  static final int ISB_STARTTIME = 2;
  static final int ISB_ENDTIME = 3;
  static final int ISB_IFRECV = 4;
  static final int ISB_IFDROP = 5;

  private Pcapng() {}

  /** Everything in a block starts at a multiple of four. */
  static int padded(int length) {
    return length + 3 & ~3;
  }
}
