package dev.dockwire.program.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.program.http.ResponseParser.State;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where responses end, and what is left out of them; whole and byte by byte. */
class ResponseParserTest {

  private final StringBuilder seen = new StringBuilder();

  private final ResponseParser.Receiver receiver =
      new ResponseParser.Receiver() {
        @Override
        public void line(String line) {
          seen.append('<').append(line).append('>');
        }

        @Override
        public void head(ResponseHead head, boolean interim) {
          seen.append(head.status()).append(interim ? " interim" : "");
        }

        @Override
        public void body(byte[] bytes, int offset, int length) {
          seen.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
        }
      };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | HTTP/1.1 200 OK~Content-Length: 2~~ab                   | <HTTP/1.1 200 OK><Content-Length: 2>200<>ab          | COMPLETE
          GET  | HTTP/1.1 200 OK~Content-Length: 2~~a                    | <HTTP/1.1 200 OK><Content-Length: 2>200<>a           | BODY
          GET  | HTTP/1.1 200 OK~Content-Length: 0~~                     | <HTTP/1.1 200 OK><Content-Length: 0>200<>            | COMPLETE
          HEAD | HTTP/1.1 200 OK~Content-Length: 2~~                     | <HTTP/1.1 200 OK><Content-Length: 2>200<>            | COMPLETE
          GET  | HTTP/1.1 204 No Content~~                               | <HTTP/1.1 204 No Content>204<>                       | COMPLETE
          GET  | HTTP/1.0 200 OK~~ab                                     | <HTTP/1.0 200 OK>200<>ab                             | COMPLETE
          GET  | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~ab~1~c~0~~ | <HTTP/1.1 200 OK><Transfer-Encoding: chunked>200<>abc | COMPLETE
          GET  | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~ab~        | <HTTP/1.1 200 OK><Transfer-Encoding: chunked>200<>ab  | BODY
          GET  | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~ab~       | <HTTP/1.1 200 OK><Transfer-Encoding: chunked>200<>    | BAD_CHUNK
          GET  | HTTP/1.1 100 Continue~~HTTP/1.1 204 No~~                 | <HTTP/1.1 100 Continue>100 interim<><HTTP/1.1 204 No>204<> | COMPLETE
          GET  | hello                                                   |                                                      | NOT_HTTP
          GET  | HTTP/1.1 200 OK~                                        | <HTTP/1.1 200 OK>                                    | HEAD
          """)
  void findsTheEnd(String method, String response, String expected, State state) {
    byte[] bytes = response.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    String all = expected == null ? "" : expected;

    ResponseParser whole = new ResponseParser(method.equals("HEAD"), receiver);
    whole.receive(bytes, 0, bytes.length);
    assertThat(whole.end()).isEqualTo(state);
    assertThat(seen.toString()).isEqualTo(all);

    seen.setLength(0);
    ResponseParser pieces = new ResponseParser(method.equals("HEAD"), receiver);
    for (int i = 0; i < bytes.length; i++) {
      pieces.receive(bytes, i, 1);
    }
    assertThat(pieces.end()).isEqualTo(state);
    assertThat(seen.toString()).isEqualTo(all);
  }
}
