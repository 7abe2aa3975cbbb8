-- For QGIS and analysts who connect directly: a real geometry column beside the bytes, where PostGIS is there. The
-- program itself never reads it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis')
     AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis') THEN
    BEGIN
      CREATE EXTENSION postgis;
    EXCEPTION WHEN insufficient_privilege THEN
      RAISE NOTICE 'PostGIS is available, but this user may not create the extension';
    END;
  END IF;
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis') THEN
    ALTER TABLE potentials
      ADD COLUMN shape geometry(Geometry, 4326) GENERATED ALWAYS AS (ST_GeomFromWKB(geometry, 4326)) STORED;
    CREATE INDEX potentials_shape ON potentials USING gist (shape);
    ALTER TABLE boundaries
      ADD COLUMN shape geometry(Geometry, 4326) GENERATED ALWAYS AS (ST_GeomFromWKB(band3, 4326)) STORED;
    CREATE INDEX boundaries_shape ON boundaries USING gist (shape);
  END IF;
END
$$;
