package dev.dockwire.tools.play;

import dev.dockwire.tools.play.Player.Result;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report in the XML that JUnit's tools read: a suite for each file, a case for each step. */
final class JunitXml {

  /** One file's results. */
  record Suite(Scenario scenario, List<Result> results, boolean inTime) {}

  private JunitXml() {}

  static void write(Path file, List<Suite> suites) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (Suite suite : suites) {
        writeSuite(xml, suite);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void writeSuite(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
    String name = suite.scenario().file().toString();
    long failures = suite.results().stream().filter(result -> !result.isAsExpected()).count();
    boolean notBegun = !suite.inTime() && failures == 0;
    int more = notBegun ? 1 : 0;
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", Integer.toString(suite.results().size() + more));
    xml.writeAttribute("failures", Long.toString(failures + more));
    xml.writeAttribute("errors", "0");
    if (notBegun) {
      writeCase(xml, name, "the shell's start", List.of("time limit"));
    }
    for (Result result : suite.results()) {
      String step = "line " + result.step().line() + ": " + printable(result.step().shown());
      writeCase(xml, name, step, result.problem());
    }
    xml.writeEndElement();
  }

  private static void writeCase(
      XMLStreamWriter xml, String suite, String name, List<String> problem)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", suite);
    xml.writeAttribute("name", name);
    if (!problem.isEmpty()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", "not as expected");
      xml.writeCharacters(printable(String.join("\n", problem)));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** XML 1.0 has no way to write most control characters. */
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "?");
  }
}
