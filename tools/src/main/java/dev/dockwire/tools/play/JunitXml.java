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
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", Integer.toString(suite.results().size()));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", "0");
    for (Result result : suite.results()) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", name);
      xml.writeAttribute(
          "name", "line " + result.step().line() + ": " + printable(result.step().shown()));
      if (!result.isAsExpected()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", "not as expected");
        xml.writeCharacters(printable(String.join("\n", result.problem())));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** XML 1.0 has no way to write most control characters. */
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "?");
  }
}
