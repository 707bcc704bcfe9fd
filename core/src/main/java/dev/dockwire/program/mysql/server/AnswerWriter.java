package dev.dockwire.program.mysql.server;

import dev.dockwire.program.mysql.PacketStream;
import dev.dockwire.program.mysql.PayloadWriter;
import dev.dockwire.program.mysql.sql.Answer;
import dev.dockwire.program.mysql.sql.Column;
import java.io.ByteArrayOutputStream;

/**
 * Answers in the text protocol: OK, or a table as its columns, its rows and an end.
 *
 * @param withoutEof whether an end is an OK packet, and columns need none
 * @param status flags of {@link dev.dockwire.program.mysql.ServerStatus}
 */
record AnswerWriter(PacketStream packets, boolean withoutEof, int status) {

  private static final int OK = 0x00;
  private static final int EOF = 0xfe;

  byte[] ok(Answer.Done done) {
    return ok(OK, done);
  }

  private byte[] ok(int header, Answer.Done done) {
    PayloadWriter payload =
        new PayloadWriter()
            .int1(header)
            .lengthEncoded(done.affected())
            .lengthEncoded(done.insertId())
            .int2(status)
            .int2(0);
    return done.info().isEmpty() ? payload.toBytes() : payload.lengthEncoded(done.info()).toBytes();
  }

  private static byte[] eof(int status) {
    return new PayloadWriter().int1(EOF).int2(0).int2(status).toBytes();
  }

  byte[] packets(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> packets.packet(ok(done));
      case Answer.Rows rows -> table(rows);
    };
  }

  private byte[] table(Answer.Rows table) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    put(all, new PayloadWriter().lengthEncoded(table.columns().size()).toBytes());
    for (Column column : table.columns()) {
      put(all, column.toPayload());
    }
    if (!withoutEof) {
      put(all, eof(status));
    }
    for (byte[][] row : table.rows()) {
      PayloadWriter payload = new PayloadWriter();
      for (byte[] value : row) {
        payload.value(value);
      }
      put(all, payload.toBytes());
    }
    put(all, withoutEof ? ok(EOF, Answer.Done.NOTHING) : eof(status));
    return all.toByteArray();
  }

  private void put(ByteArrayOutputStream all, byte[] payload) {
    all.writeBytes(packets.packet(payload));
  }
}
